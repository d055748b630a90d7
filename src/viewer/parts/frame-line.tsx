import type { ShownFrame } from '../../protocol/api.ts';
import { fileName, position } from '../lib/file-name.ts';
import { EventLink } from './event-link.tsx';
import { SourceLines } from './source-lines.tsx';

interface FrameProps {
  frame: ShownFrame;
  pageUrl: string | undefined;
  /** Where to look first. */
  isFirst?: boolean;
}

export function FrameLine({ frame, pageUrl, isFirst = false }: FrameProps) {
  const { filename, source, lineno, unresolved } = frame;
  const where = filename && position(fileName(filename, pageUrl), frame.lineno, frame.colno);
  return (
    <li class={isFirst ? 'frame first' : frame.inApp ? 'frame' : 'frame other'}>
      <code class="frame-function foreign">{frame.function || '(anonymous)'}</code>
      <span class="frame-where">{filename && where ? <EventLink url={filename} text={where} /> : 'unknown file'}</span>
      {source && lineno && (
        <details class="frame-source" open={isFirst}>
          <summary>Source</summary>
          <SourceLines source={source} lineno={lineno} />
          {frame.raw && <p class="hint foreign">In the page: {rawPlace(frame, pageUrl)}</p>}
        </details>
      )}
      {unresolved && (
        <p class="frame-why hint">
          {unresolved.reason} {unresolved.advice}
        </p>
      )}
    </li>
  );
}

/** Where the browser said it was: what to look for in the built script. */
function rawPlace({ raw }: ShownFrame, pageUrl: string | undefined): string {
  const place = position(fileName(raw?.filename ?? '', pageUrl), raw?.lineno, raw?.colno);
  return raw?.function ? `${raw.function} (${place})` : place;
}
