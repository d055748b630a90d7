import type { Level } from '../../protocol/event.ts';
import type { LogRecord } from '../../protocol/log-record.ts';
import { byLogger } from '../breadcrumbs/console.ts';
import { win } from '../lib/win.ts';

type Method = 'debug' | 'info' | 'warn' | 'error';

/** Readable on light and on dark. */
const looks: Record<Level, [method: Method, color: string]> = {
  trace: ['debug', '#888'],
  debug: ['debug', '#888'],
  info: ['info', '#1a7fd4'],
  notice: ['info', '#0a8f6a'],
  warning: ['warn', '#b8860b'],
  error: ['error', '#d43a2f'],
  critical: ['error', '#c2188f'],
};

/** One line in the console, by the method that its filter knows; fields to unfold. */
export function printInPage({ level, logger, text, data }: LogRecord): void {
  const { console } = win;
  const [method, color] = looks[level];
  const colored = `color:${color};font-weight:bold`;
  // The text stands outside of the format: a `%` in it is one.
  const args = [`%c${level}%c ${logger.replaceAll('%', '%%')}%c %s`, colored, 'font-weight:bold', '', text];
  // What we print ourselves is no breadcrumb: by that the reporter knows it, whichever script it came in.
  console[method].apply(byLogger, data ? [...args, data] : args);
}
