import type { Event, Level, UserInfo } from '../protocol/event.ts';
import type { LogRecord } from '../protocol/log-record.ts';
import { watchWorkers as watchAllWorkers } from './capture/workers.ts';
import { attempt } from './lib/attempt.ts';
import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { keepCrashFacts as keepFacts } from './crash-report.ts';
import { inferCrashes as watchForCrashes } from './infer-crashes.ts';
import { watchConsole as watchAllErrors } from './watch-console.ts';
import { watchFrames as watchAllFrames } from './watch-frames.ts';
import { watchReports as watchAllReports } from './watch-reports.ts';
import { describeValue, isObject } from './lib/describe-value.ts';
import { win } from './lib/win.ts';
import type { Threshold } from './logger/levels.ts';
import type { Log, Logger } from './logger/logger.ts';
import type { Handler, Processor } from './logger/logging.ts';
import { createPageLogging } from './logger/page-logging.ts';
import type { LoggerOptions, PageLogging } from './logger/page-logging.ts';
import type { Thresholds } from './logger/thresholds.ts';
import type { NoiseRule, Options } from './options.ts';
import { parts } from './part.ts';
import type { InnerPart } from './part.ts';

export type { Event, Level, NoiseRule, Options, UserInfo };
export type { Handler, Log, Logger, LoggerOptions, LogRecord, Processor, Threshold, Thresholds };

let client: Client | undefined;
let endpoint: string;
let logging: PageLogging | undefined;

/** By endpoint, who reports of this page to it. Copies of us (a tag and a package, two packages) share one: each error is one report. */
type Shared = Window & { pagefaultClients?: Record<string, Client | undefined> };
const getClients = () => ((win as Shared).pagefaultClients ??= {});

/**
 * Starts reporting. Without a window (on a server) it does nothing; a second call does nothing either.
 *
 * @example
 * init({ endpoint: 'https://errors.example.com/in/KEY', release: '1.4.2', environment: 'production' });
 */
export function init(options: Options): void {
  if (client || !win.document || !options?.endpoint) return;
  attempt(() => {
    endpoint = new URL(options.endpoint, document.baseURI).href;
    client = getClients()[endpoint] ??= createClient({ ...options, endpoint });
  });
  // Whoever misspelled the endpoint hears of it, without `debug` too.
  attempt(() => client || win.console.warn('pagefault:', options.endpoint));
}

/** A part of the reporter that not every page needs: `keepCrashFacts`, `watchWorkers`. The script tag has both. */
export type Part = (...insides: never[]) => unknown;

/**
 * Keeps ready what Chromium's report of a tab that crashed is to say: release, session and the last breadcrumbs.
 *
 * @example
 * use(keepCrashFacts);
 */
export const keepCrashFacts: Part = keepFacts;

/**
 * Reports what workers with `pagefault/worker` tell.
 *
 * @example
 * use(watchWorkers);
 */
export const watchWorkers: Part = watchAllWorkers;

/**
 * Adds parts of the reporter. Call it before `init`.
 *
 * @example
 * use(keepCrashFacts, watchWorkers);
 * init({ endpoint: 'https://errors.example.com/in/KEY' });
 */
export function use(...added: Part[]): void {
  parts.push(...(added as InnerPart[]));
}

/**
 * Reports a value that you caught yourself: an Error, or anything else that was thrown.
 *
 * @example
 * try { pay(); } catch (error) { captureException(error); }
 */
export function captureException(thrown: unknown, details?: { level?: Level }): void {
  client?.report({ mechanism: 'exception', handled: true, thrown: [thrown], ...details });
}

/**
 * The same function, which reports what it throws, with its stack, and throws it on. It helps where the browser hides
 * the stack: scripts of another origin.
 *
 * @example
 * button.addEventListener('click', wrap(() => pay()));
 */
export function wrap<This, A extends unknown[], T>(run: (this: This, ...args: A) => T): (this: This, ...args: A) => T {
  return function (...args) {
    try {
      return run.apply(this, args);
    } catch (error) {
      // Nothing tells a text thrown again from another: the browser reports those.
      if (isObject(error)) client?.report({ mechanism: 'wrap', thrown: [error], level: 'error' });
      throw error;
    }
  };
}

/**
 * Reports a text, at level `info` unless you say otherwise.
 *
 * @example
 * captureMessage('cart was empty at checkout', 'warning');
 */
export function captureMessage(message: string, level: Level = 'info'): void {
  client?.report({ mechanism: 'message', handled: true, message: describeValue(message), level });
}

/**
 * Leaves a trace of what happened, kept with the next event. The last 50 are kept.
 *
 * @example
 * addBreadcrumb('coupon applied', { code: 'SPRING' });
 */
export function addBreadcrumb(text: string, data?: Record<string, unknown>, level?: Level): void {
  client?.addBreadcrumb('custom', describeValue(text), data, level);
}

/**
 * Says who uses the page, from now on; `null` forgets them. Nobody is identified unless you do.
 *
 * @example
 * setUser({ id: '42' });
 */
export function setUser(user: UserInfo | null): void {
  client?.setContext('user', user);
}

/**
 * A short label for all events from now on, to search and filter by.
 *
 * @example
 * setTag('plan', 'free');
 */
export function setTag(name: string, value: string): void {
  client?.setContext('tags', describeValue(value), name);
}

/**
 * More facts for all events from now on, to read but not to search by. Any JSON; secrets are masked by name.
 *
 * @example
 * setExtra('cart', { items: 3 });
 */
export function setExtra(name: string, value: unknown): void {
  client?.setContext('extra', value, name);
}

/**
 * Sends what waits. Resolves to true when the collector has answered for everything, to false after 5 seconds.
 *
 * @example
 * await flush();
 */
export async function flush(): Promise<boolean> {
  return (await client?.flush()) ?? true;
}

/** Nothing to watch for before `init`, and on a server. */
const begin = (watch: (report: Client['report']) => () => void): (() => void) =>
  client ? watch(client.report) : () => {};

/**
 * Reports, from now on, that the page which this tab had before ended without being left: its tab crashed, as far as can be
 * told. For browsers that do not say so themselves (Firefox, Safari); in Chromium, where one header line brings what the
 * browser knows, it does nothing. It keeps a mark in `localStorage` while the page is seen. Call it after `init`, once; the
 * function that it returns ends it.
 *
 * @example
 * init({ endpoint: 'https://errors.example.com/in/KEY' });
 * inferCrashes();
 */
export function inferCrashes(): () => void {
  return begin(watchForCrashes);
}

/**
 * Reports, from now on, uncaught errors and rejections of frames of the page's own origin, and of frames in these,
 * from the load of each on. Call it after `init`, once; the function that it returns ends it. A frame that has a reporter of its own tells for itself.
 *
 * @example
 * init({ endpoint: 'https://errors.example.com/in/KEY' });
 * watchFrames();
 */
export function watchFrames(): () => void {
  return begin(watchAllFrames);
}

/**
 * Reports, from now on, what is given to `console.error`. Call it after `init`, once; the function that it returns ends it.
 * One Error object is one report, however often it is logged or thrown.
 *
 * @example
 * init({ endpoint: 'https://errors.example.com/in/KEY' });
 * watchConsole();
 */
export function watchConsole(): () => void {
  return begin(watchAllErrors);
}

/**
 * Reports, at level `warning`, what the browser says of the page itself: that it uses what will go away (deprecation), or
 * that the browser has not done what it was asked to (intervention); that of before the call, too. Only Chromium tells. Call
 * it after `init`, once; the function that it returns ends it.
 *
 * @example
 * init({ endpoint: 'https://errors.example.com/in/KEY' });
 * watchReports();
 */
export function watchReports(): () => void {
  return begin(watchAllReports);
}

/**
 * Stops reporting and leaves the page as it was found. `init` may be called again.
 *
 * @example
 * close();
 */
export function close(): void {
  client?.close();
  if (client) delete getClients()[endpoint];
  client = undefined;
}

const getLogging = (): PageLogging => (logging ??= createPageLogging(() => client && { client, endpoint }));

/**
 * A logger of this name; dots make a hierarchy. Its records go to the console (in development), to the collector that
 * `init` named (level `info` and above), and with the next error as breadcrumbs (`debug`). Before `init` they wait.
 *
 * @example
 * const log = createLogger('checkout.payment');
 * log.info('Paid', { amount: 3 });
 * log.debug(() => `cart: ${describeCart()}`);
 */
export function createLogger(name: string, options?: LoggerOptions): Logger {
  return getLogging().createLogger(name, options);
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
 * addProcessor((record) => ({ ...record, data: { ...record.data, tab: tabId } }));
 */
export function addProcessor(processor: Processor): () => void {
  return getLogging().addProcessor(processor);
}

/**
 * Gives each record from the threshold on (default `info`) to a function of yours. Returns the function that takes it away again.
 *
 * @example
 * addHandler('toast', ({ text }) => showToast(text), 'error');
 */
export function addHandler(name: string, handler: Handler, threshold?: Threshold): () => void {
  return getLogging().addHandler(name, handler, threshold);
}
