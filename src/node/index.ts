import type { Threshold } from '../client/logger/levels.ts';
import type { Log, Logger } from '../client/logger/logger.ts';
import type { Handler, Processor } from '../client/logger/logging.ts';
import type { Thresholds } from '../client/logger/thresholds.ts';
import type { Level } from '../protocol/event.ts';
import type { LogRecord } from '../protocol/log-record.ts';
import { createNodeLogging, type NodeLogging } from './node-logging.ts';
import type { Options } from './options.ts';

export type { Handler, Level, Log, Logger, LogRecord, Options, Processor, Threshold, Thresholds };

let logging: NodeLogging | undefined;

function getLogging(): NodeLogging {
  if (logging) return logging;
  const created = createNodeLogging(process.stdout);
  // Once: a collector that is down must not keep the process alive.
  process.once('beforeExit', () => void created._flush());
  return (logging = created);
}

/**
 * Says where records go, once for the process. Without it they are only printed; those of level `info` and above wait
 * for it, up to 1,000.
 *
 * @example
 * init({ endpoint: 'https://errors.example.com/in/KEY', release: '1.4.2', environment: 'production' });
 */
export function init(options: Options): void {
  getLogging()._init(options);
}

/**
 * A logger of this name; dots make a hierarchy. Its records are printed (while `NODE_ENV` is not `production`), go to
 * the collector that `init` named (level `info` and above), and those below wait: the last 50 travel with the next
 * record of level `error` or `critical`.
 *
 * @example
 * const log = createLogger('checkout.payment');
 * log.info('Paid', { amount: 3 });
 * log.debug(() => `cart: ${describeCart()}`);
 */
export function createLogger(name: string): Logger {
  return getLogging().createLogger(name);
}

/**
 * What loggers below this name let through, from now on: to `console` and `wire` where a level stands alone, to the
 * handlers named otherwise (`breadcrumbs` too, and your own). The longest name counts; the empty one is of all loggers.
 *
 * @example
 * setThreshold('checkout', 'debug');
 * setThreshold('', { console: 'off', wire: 'notice' });
 */
export function setThreshold(prefix: string, threshold: Threshold | Thresholds): void {
  getLogging().setThreshold(prefix, threshold);
}

/**
 * Sees each record that passes a threshold, before the handlers: returns it, changed or not, or `null` to drop it.
 * Without an answer the record stays. Returns the function that takes it away again.
 *
 * @example
 * addProcessor((record) => ({ ...record, data: { ...record.data, request: requests.getStore()?.id } }));
 */
export function addProcessor(processor: Processor): () => void {
  return getLogging().addProcessor(processor);
}

/**
 * Gives each record from the threshold on (default `info`) to a function of yours. Returns the function that takes it away again.
 *
 * @example
 * addHandler('file', (record) => file.write(`${JSON.stringify(record)}\n`), 'debug');
 */
export function addHandler(name: string, handler: Handler, threshold?: Threshold): () => void {
  return getLogging().addHandler(name, handler, threshold);
}

/**
 * Sends what waits. Resolves to true when the collector has answered for it, to false when it did not: then it still
 * waits. A process that ends by itself does this; one that calls `process.exit` should do it before.
 *
 * @example
 * await flush();
 */
export function flush(): Promise<boolean> {
  return getLogging()._flush();
}
