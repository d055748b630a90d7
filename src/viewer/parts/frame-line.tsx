import type { ShownFrame } from '../../protocol/api.ts';
import { fileName, position } from '../lib/file-name.ts';
import { EventLink } from './event-link.tsx';

interface FrameProps {
  frame: ShownFrame;
  pageUrl: string | undefined;
  /** Where to look first. */
  isFirst?: boolean;
}

export function FrameLine({ frame, pageUrl, isFirst = false }: FrameProps) {
  const { filename } = frame;
  const where = filename && position(fileName(filename, pageUrl), frame.lineno, frame.colno);
  return (
    <li class={isFirst ? 'frame first' : frame.inApp ? 'frame' : 'frame other'}>
      <code class="frame-function foreign">{frame.function || '(anonymous)'}</code>
      <span class="frame-where">{filename && where ? <EventLink url={filename} text={where} /> : 'unknown file'}</span>
    </li>
  );
}
