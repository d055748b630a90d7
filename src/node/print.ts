import { inspect, styleText } from 'node:util';
import type { Level } from '../protocol/event.ts';
import type { LogRecord } from '../protocol/log-record.ts';

/** Where lines go to: a terminal, a pipe, a file. */
export interface Output extends NodeJS.WritableStream {
  isTTY?: boolean;
}

type Style = Parameters<typeof styleText>[0];

const styles: Record<Level, Style> = {
  trace: 'gray',
  debug: 'gray',
  info: 'blue',
  notice: 'green',
  warning: 'yellow',
  error: 'red',
  critical: ['bold', 'magenta'],
};

const escapeAll = (text: string, pattern: RegExp) =>
  text.replace(pattern, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Letters that turn the direction of what follows. */
const escapeTurns = (text: string) => escapeAll(text, /[\u202a-\u202e\u2066-\u2069]/g);

/** What a user typed must not move the cursor, colour the screen, or look like a line of its own. */
const escapeControls = (text: string) => escapeTurns(escapeAll(text, /\p{Cc}/gu));

/** `12:03:04.123 warning  checkout.payment  Card refused { attempt: 2 }`, and the stacks of errors below it. */
export function formatLine({ at, level, logger, text, data = {} }: LogRecord, hasColors: boolean): string {
  const style = (how: Style, words: string) => (hasColors ? styleText(how, words, { validateStream: false }) : words);
  const entries = Object.entries(data);
  const stacks = entries.flatMap(([, value]) => stackOf(value));
  const rest = Object.fromEntries(entries.filter(([, value]) => !stackOf(value).length));
  const fields = Object.keys(rest).length
    ? escapeTurns(inspect(rest, { colors: hasColors, breakLength: Infinity, depth: 6, compact: true }))
    : '';
  const time = new Date(at).toTimeString().slice(0, 8) + new Date(at).toISOString().slice(19, 23);
  const line = [
    style('gray', time),
    style(styles[level], level.padEnd(8)),
    style('bold', escapeControls(logger)),
    escapeControls(text),
    fields,
  ];
  return `${[line.filter(Boolean).join(' '), ...stacks.map((stack) => style('gray', stack))].join('\n')}\n`;
}

/** Of an error among the fields: its lines, indented. */
function stackOf(value: unknown): string[] {
  const { stack } = (value ?? {}) as { stack?: unknown };
  if (typeof stack !== 'string') return [];
  return stack.split('\n').map((line) => `    ${escapeControls(line)}`);
}

/** `NO_COLOR` and `FORCE_COLOR` are as everywhere; otherwise colours are for terminals. */
export function hasColors(output: Output, env: NodeJS.ProcessEnv = process.env): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return output.isTTY === true && env['TERM'] !== 'dumb';
}
