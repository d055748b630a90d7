import { styleText } from 'node:util';
import type { Level } from '../../protocol/event.ts';
import type { LiveError, LogLine } from '../../protocol/log-api.ts';
import { safeJson, safeText } from './safe-text.ts';

/** What is printed, written to files and followed: a record of a log, or an event. */
export type Line = ({ kind: 'record' } & LogLine) | ({ kind: 'event' } & LiveError);

type Style = Parameters<typeof styleText>[0];

const levelStyles: Record<Level, Style> = {
  trace: 'gray',
  debug: 'gray',
  info: 'green',
  notice: 'cyan',
  warning: 'yellow',
  error: 'red',
  critical: ['bold', 'red'],
};
const levelWidth = 8;

/** One JSON document, with the time also as people write it. */
export const jsonLine = ({ kind, ...line }: Line): string =>
  safeJson({ kind, time: new Date(line.at).toISOString(), ...line });

/**
 * One line for people: time, level, logger, text and fields. Colours where `stream` is a terminal that has them; NO_COLOR and
 * FORCE_COLOR hold.
 */
export function prettyLine(line: Line, stream: NodeJS.WriteStream = process.stdout): string {
  const paint = (style: Style, text: string) => styleText(style, text, { stream });
  const head = [paint('gray', clock(line.at)), paint(levelStyles[line.level], line.level.padEnd(levelWidth))].join(' ');
  if (line.kind === 'event') {
    const isNews = line.isNew ? ' new' : line.isRegression ? ' back' : '';
    const title = paint(['bold', 'red'], safeText(line.title));
    return `${head} ${title} ${paint('gray', safeText(`${line.culprit} issue ${line.issueId}`))}${paint('magenta', isNews)}`;
  }
  const fields = line.isCut
    ? '…'
    : Object.entries(line.data ?? {})
        .map(fieldText)
        .join(' ');
  return [head, paint('blue', safeText(line.logger) || '-'), safeText(line.text), paint('gray', fields)]
    .filter(Boolean)
    .join(' ');
}

function fieldText([name, value]: [string, unknown]): string {
  const text = typeof value === 'string' && /^[\w.:/@-]+$/.test(value) ? value : safeJson(value);
  return `${safeText(name)}=${text}`;
}

/** Of this machine's day: `14:03:07.250`. */
function clock(at: number): string {
  const time = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
