import { createLogging, type Logging } from '../client/logger/logging.ts';
import { ranks } from '../client/logger/levels.ts';
import { createWire, type Wire } from '../client/logger/wire.ts';
import { limits } from '../protocol/limits.ts';
import type { LogRecord } from '../protocol/log-record.ts';
import type { Options } from './options.ts';
import { formatLine, hasColors, type Output } from './print.ts';
import { createSender } from './sender.ts';

export interface NodeLogging extends Logging {
  _init: (options: Options | undefined) => void;
  _flush: Wire['_flush'];
}

/** Loggers of a process: to its output in development, to the collector, and those below for the next error. */
export function createNodeLogging(output: Output, env: NodeJS.ProcessEnv = process.env): NodeLogging {
  const logging = createLogging();
  const sender = createSender((message) => process.emitWarning(message));
  const wire = createWire({
    _maxRecords: 500,
    _maxChars: limits.maxBatchBytes / 3 - 10_000,
    _place: () => '',
    ...sender,
  });
  let isToldWhere = false;
  // Records that go nowhere else are printed in production too.
  const consoleThreshold = () => (env['NODE_ENV'] !== 'production' ? 'debug' : isToldWhere ? 'off' : 'info');
  const colors = hasColors(output, env);
  logging.addHandler('console', (record) => void output.write(formatLine(record, colors)), consoleThreshold);
  logging.addHandler('breadcrumbs', createRing(logging, wire._add), 'debug');
  logging.addHandler('wire', wire._add, 'info');
  return {
    ...logging,
    _init(options) {
      sender._init(options);
      isToldWhere = true;
      logging._refresh();
      wire._wake();
    },
    _flush: wire._flush,
  };
}

/** What the wire does not take is kept, the last of it, and follows only if an error does: before that error. */
function createRing(logging: Logging, send: (record: LogRecord) => void): (record: LogRecord) => void {
  let kept: LogRecord[] = [];
  return (record) => {
    if (!logging._isFor('wire', record)) kept = [...kept, record].slice(-limits.breadcrumbs);
    else if (ranks[record.level] >= ranks.error) {
      kept.forEach(send);
      kept = [];
    }
  };
}
