import type { Event, Level, UserInfo } from '../protocol/event.ts';
import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { attempt } from './lib/attempt.ts';
import type { NoiseRule, Options } from './options.ts';

export type { Event, Level, NoiseRule, Options, UserInfo };

let client: Client | undefined;

/** Endpoints of this window that somebody reports to already: a second copy of us would report all twice. */
type Marked = Window & { pagefaultEndpoints?: Set<string> };
let undo: (() => void) | undefined;

/**
 * Starts reporting. Without a window (on a server) it does nothing; a second call does nothing either.
 *
 * @example
 * init({ endpoint: 'https://errors.example.com/in/KEY', release: '1.4.2', environment: 'production' });
 */
export function init(options: Options): void {
  if (client || typeof window === 'undefined' || !options?.endpoint) return;
  const taken = ((window as Marked).pagefaultEndpoints ??= new Set());
  if (taken.has(options.endpoint)) return;
  attempt(() => {
    client = createClient(options, window);
    taken.add(options.endpoint);
    undo = () => taken.delete(options.endpoint);
  });
}

/**
 * Reports a value that you caught yourself: an Error, or anything else that was thrown.
 *
 * @example
 * try { pay(); } catch (error) { captureException(error); }
 */
export function captureException(thrown: unknown, details?: { level?: Level }): void {
  client?._report({ mechanism: 'exception', handled: true, _thrown: [thrown], level: details?.level ?? 'error' });
}

/**
 * Reports a text, at level `info` unless you say otherwise.
 *
 * @example
 * captureMessage('cart was empty at checkout', 'warning');
 */
export function captureMessage(message: string, level: Level = 'info'): void {
  client?._report({ mechanism: 'message', handled: true, message: String(message), level });
}

/**
 * Leaves a trace of what happened, kept with the next event. The last 50 are kept.
 *
 * @example
 * addBreadcrumb('coupon applied', { code: 'SPRING' });
 */
export function addBreadcrumb(text: string, data?: Record<string, unknown>, level?: Level): void {
  client?._addBreadcrumb('custom', String(text), data, level);
}

/**
 * Says who uses the page, from now on; `null` forgets them. Nobody is identified unless you do.
 *
 * @example
 * setUser({ id: '42' });
 */
export function setUser(user: UserInfo | null): void {
  client?._scope._set('user', user);
}

/**
 * A short label for all events from now on, to search and filter by.
 *
 * @example
 * setTag('plan', 'free');
 */
export function setTag(name: string, value: string): void {
  client?._scope._add('tags', name, String(value));
}

/**
 * More facts for all events from now on, to read but not to search by. Any JSON; secrets are masked by name.
 *
 * @example
 * setExtra('cart', { items: 3 });
 */
export function setExtra(name: string, value: unknown): void {
  client?._scope._add('extra', name, value);
}

/**
 * Sends what waits. Resolves to true when the collector has answered for everything, to false after 5 seconds.
 *
 * @example
 * await flush();
 */
export async function flush(): Promise<boolean> {
  return (await client?._flush()) ?? true;
}

/**
 * Stops reporting and leaves the page as it was found. `init` may be called again.
 *
 * @example
 * close();
 */
export function close(): void {
  client?._close();
  undo?.();
  client = undefined;
}
