import type { Level } from '../../protocol/event.ts';
import { ranks } from './levels.ts';

/**
 * Leaves one record.
 *
 * @param message A text; or a function that makes it, called only when the record passes a threshold; or what was caught.
 * @param fields What belongs to it, by name. An Error in it, or instead of it, travels with its type, message and stack.
 */
export type Log = (message: unknown, fields?: object) => void;

/** What `createLogger` gives. Its methods need no `this`: `promise.catch(log.error)` works. */
export interface Logger {
  /** Dotted: `checkout.payment` is below `checkout`. */
  readonly name: string;
  /** The finest steps. Under every threshold unless you lower one. */
  trace: Log;
  /** What helps to find a mistake: printed in development, kept for the next error elsewhere. */
  debug: Log;
  /** Something usual has happened. */
  info: Log;
  /** Usual, and worth being seen. */
  notice: Log;
  /** It went on, but something should be looked at. */
  warning: Log;
  /** Something could not be done. */
  error: Log;
  /** The whole is in danger. */
  critical: Log;
  /**
   * The same logger, whose records all have these fields too.
   *
   * @example
   * const log = createLogger('checkout').with({ order: 42 });
   */
  with: (fields: object) => Logger;
}

/** One record before anything about it was read. */
export interface Draft {
  _level: Level;
  _message: unknown;
  /** Those of `with`, outermost first, and the record's own. */
  _fields: unknown[];
}

/** What all loggers are held against. */
export interface LoggerCore {
  /** Changes with any threshold, and with the handlers. */
  _version: number;
  /** The rank of the least that any handler wants of this logger. */
  _findLowest: (name: string) => number;
}

/** A record that passes no threshold is two numbers compared, and nothing made. */
export function createLoggerOf(
  core: LoggerCore,
  name: string,
  write: (draft: Draft) => void,
  context: unknown[] = [],
): Logger {
  let version = -1;
  let lowest = 0;
  const createLog = (_level: Level): Log => {
    const rank = ranks[_level];
    return (_message, fields) => {
      if (version !== core._version) {
        version = core._version;
        lowest = core._findLowest(name);
      }
      if (rank < lowest) return;
      write({ _level, _message, _fields: fields === undefined ? context : [...context, fields] });
    };
  };
  return {
    name,
    trace: createLog('trace'),
    debug: createLog('debug'),
    info: createLog('info'),
    notice: createLog('notice'),
    warning: createLog('warning'),
    error: createLog('error'),
    critical: createLog('critical'),
    with: (fields) => createLoggerOf(core, name, write, [...context, fields]),
  };
}
