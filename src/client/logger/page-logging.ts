import type { LogRecord } from '../../protocol/log-record.ts';
import { limits } from '../../protocol/limits.ts';
import { on } from '../lib/on.ts';
import { onLeaving } from '../lib/on-leaving.ts';
import { win } from '../lib/win.ts';
import { findError } from './draft-to-record.ts';
import { ranks } from './levels.ts';
import type { Draft, Logger } from './logger.ts';
import { createLogging, type Logging } from './logging.ts';
import { printInPage } from './page-console.ts';
import { createPageSender } from './page-sender.ts';
import type { FindReporter, Reporter } from './reporter.ts';
import { createWire } from './wire.ts';

/** What `createLogger` takes beside a name. */
export interface LoggerOptions {
  /** Records of level `error` and `critical` that come with an Error are events too, as by `captureException`. Default false. */
  captureErrors?: boolean | undefined;
}

export interface PageLogging extends Omit<Logging, 'createLogger'> {
  createLogger: (name: string, options?: LoggerOptions) => Logger;
}

const isLocal = () => /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(win.location.hostname);

/** Loggers of a page: to the console in development, to the collector, and into the trail of the next event. */
export function createPageLogging(findReporter: FindReporter): PageLogging {
  const logging = createLogging();
  const capture = ({ _level, _message, _fields }: Draft) => {
    const error = ranks[_level] >= ranks.error && findError({ _level, _message, _fields });
    if (error) findReporter()?.client.report({ mechanism: 'exception', handled: true, thrown: [error], level: _level });
  };
  const installed: PageLogging = {
    ...logging,
    createLogger: (name, options) => logging.createLogger(name, options?.captureErrors ? capture : undefined),
  };
  // On a server nobody reads them: there, `pagefault/node` is the one to use.
  if (!win.document) return installed;

  const addBreadcrumb = createBreadcrumbs(logging, findReporter);
  const wire = createWire({
    _maxRecords: limits.keys - 15,
    // At three bytes each at most, it stays below the quota of keepalive requests.
    _maxChars: limits.batchBytes / 3,
    _place: () => win.location.href,
    ...createPageSender(findReporter),
  });
  logging.addHandler('console', printInPage, () => (isLocal() ? 'debug' : 'off'));
  logging.addHandler('breadcrumbs', addBreadcrumb, 'debug');
  logging.addHandler('wire', wire._add, 'info');
  onLeaving(wire._leave);
  on(win, 'online pageshow', wire._wake);
  return installed;
}

/** What the wire does not take waits in the reporter's trail, and travels if an error follows. */
function createBreadcrumbs(logging: Logging, findReporter: FindReporter): (record: LogRecord) => void {
  /** From before the reporter was there. */
  let early: LogRecord[] = [];
  const add = ({ text, data, level, logger }: LogRecord, { client }: Reporter) =>
    client.addBreadcrumb('log', logger ? `${logger}: ${text}` : text, data, level);
  return (record) => {
    const reporter = findReporter();
    if (!logging._isFor('wire', record)) early.push(record);
    if (reporter) for (const each of early) add(each, reporter);
    early = reporter ? [] : early.slice(-limits.breadcrumbs);
  };
}
