import type { LogRecord } from '../../protocol/log-record.ts';
import { limits } from '../../protocol/limits.ts';
import { attempt, guard } from '../lib/attempt.ts';
import { isObject } from '../lib/describe-value.ts';
import { now } from '../lib/now.ts';
import { draftToRecord, finishRecord } from './draft-to-record.ts';
import { createRecordIds } from './record-ids.ts';
import { ranks, type Threshold } from './levels.ts';
import { describe } from './to-data.ts';
import { createLoggerOf, type Draft, type Logger, type LoggerCore } from './logger.ts';
import { createThresholds, passes, type Thresholds } from './thresholds.ts';

/** Does something with a record that has passed its threshold. What it throws is nobody's business. */
export type Handler = (record: LogRecord) => void;

/** Sees each record before the handlers: returns it, changed or not, or null to drop it. Without an answer it stays. */
export type Processor = (record: LogRecord) => LogRecord | null | void;

/** All loggers of a page or a process: what they are held against, and where their records go. */
export interface Logging {
  createLogger: (name: string, onDraft?: (draft: Draft) => void) => Logger;
  setThreshold: (prefix: string, threshold: Threshold | Thresholds) => void;
  addProcessor: (processor: Processor) => () => void;
  addHandler: (name: string, handler: Handler, threshold?: Threshold | (() => Threshold)) => () => void;
  /** Whether this handler gets records such as this one. */
  _isFor: (handler: string, record: LogRecord) => boolean;
  /** Asks for all thresholds again: what they depend on has changed. */
  _refresh: () => void;
}

interface Installed {
  _name: string;
  _handler: Handler;
  _threshold: Threshold | (() => Threshold);
}

/** Adds to a list; returns how to take it out again. */
function addTo<T>(list: T[], item: T, onChange = () => {}): () => void {
  list.push(item);
  onChange();
  return () => {
    const index = list.indexOf(item);
    if (index >= 0) list.splice(index, 1);
    onChange();
  };
}

export function createLogging(): Logging {
  const thresholds = createThresholds();
  const handlers: Installed[] = [];
  const processors: Processor[] = [];
  const createRecordId = createRecordIds();
  let isBusy = false;

  const refresh = () => void core._version++;
  const thresholdOf = (logger: string, { _name, _threshold }: Installed): Threshold =>
    thresholds._find(logger, _name) ?? (typeof _threshold === 'function' ? _threshold() : _threshold);

  const process = (record: LogRecord): LogRecord | null => {
    for (const processor of processors) {
      const next = attempt(() => processor(record));
      if (next === null) return null;
      if (isObject(next)) record = next;
    }
    return record;
  };

  const write = (name: string, draft: Draft) => {
    // What a processor or a handler logs would come back to it for ever.
    if (isBusy) return;
    const drafted = draftToRecord(draft, { id: createRecordId(), at: now(), logger: name });
    isBusy = true;
    try {
      const processed = process(drafted);
      if (!processed) return;
      const record = finishRecord(processed);
      for (const each of [...handlers])
        if (passes(record.level, thresholdOf(name, each))) attempt(() => each._handler(record));
    } finally {
      isBusy = false;
    }
  };

  const core: LoggerCore = {
    _version: 0,
    _findLowest: (name) => Math.min(ranks.off, ...handlers.map((each) => ranks[thresholdOf(name, each)])),
  };

  return {
    createLogger(anyName, onDraft) {
      const name = describe(anyName).slice(0, limits.label);
      return createLoggerOf(
        core,
        name,
        guard((draft) => {
          onDraft?.(draft);
          write(name, draft);
        }),
      );
    },
    setThreshold(prefix, threshold) {
      thresholds._set(prefix, threshold);
      refresh();
    },
    addProcessor: (processor) => addTo(processors, processor),
    addHandler: (_name, _handler, _threshold = 'info') => addTo(handlers, { _name, _handler, _threshold }, refresh),
    _isFor(name, record) {
      const handler = handlers.find(({ _name }) => _name === name);
      return !!handler && passes(record.level, thresholdOf(record.logger, handler));
    },
    _refresh: refresh,
  };
}
