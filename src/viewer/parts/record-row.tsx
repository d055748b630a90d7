import type { LogLine } from '../../protocol/log-api.ts';
import { describeData } from '../lib/describe-data.ts';
import { formatClock, formatTime } from '../lib/format.ts';
import { now } from '../lib/now.ts';
import { LevelMark } from './level-mark.tsx';

export const recordLinkId = ({ projectId, id }: LogLine) => `record-${projectId}-${id}`;

interface RowProps {
  line: LogLine;
  href: string;
  isOpen: boolean;
  /** From 1. */
  at: number;
}

/** One line: when, how serious, by whom, and what. */
export function RecordRow({ line, href, isOpen, at }: RowProps) {
  const { level, logger, text, data } = line;
  return (
    <li class={`record-row record-${level}${isOpen ? ' open' : ''}`} aria-posinset={at}>
      <time class="record-at" dateTime={new Date(line.at).toISOString()} title={formatTime(line.at)}>
        {formatClock(line.at, now.value)}
      </time>
      <LevelMark level={level} />
      <span class="record-logger foreign" title={logger}>
        {logger}
      </span>
      <a
        id={recordLinkId(line)}
        class="record-text whole-line foreign"
        href={href}
        aria-current={isOpen ? 'true' : undefined}
      >
        {text || '(no text)'} <span class="record-data">{describeData(data, text)}</span>
      </a>
    </li>
  );
}
