import { useState } from 'preact/hooks';
import type { ShownFrame } from '../../protocol/api.ts';
import { fileName, position } from '../lib/file-name.ts';
import { EventLink } from './event-link.tsx';
import { SourceCode } from './source-code.tsx';

interface FrameProps {
  frame: ShownFrame;
  pageUrl: string | undefined;
  /** Where to look first. */
  isFirst?: boolean;
}

/** A frame; with the source around it where it is known, open where to look first. */
export function FrameLine({ frame, pageUrl, isFirst = false }: FrameProps) {
  const [isOpen, setOpen] = useState(isFirst);
  const { source, lineno, colno } = frame;
  const look = isFirst ? 'frame first' : frame.inApp ? 'frame' : 'frame other';
  if (!source || !lineno) {
    return (
      <li class={look}>
        <p class="frame-head">
          <Where frame={frame} pageUrl={pageUrl} />
        </p>
      </li>
    );
  }
  return (
    <li class={look}>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary class="frame-head">
          <Where frame={frame} pageUrl={pageUrl} />
        </summary>
        {isOpen && <SourceCode source={source} lineno={lineno} colno={colno} />}
      </details>
    </li>
  );
}

function Where({ frame, pageUrl }: { frame: ShownFrame; pageUrl: string | undefined }) {
  const { filename } = frame;
  const where = filename && position(fileName(filename, pageUrl), frame.lineno, frame.colno);
  return (
    <>
      <code class="frame-function foreign">{frame.function || '(anonymous)'}</code>
      <span class="frame-where">{filename && where ? <EventLink url={filename} text={where} /> : 'unknown file'}</span>
    </>
  );
}
