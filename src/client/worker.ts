import type { Mechanism } from '../protocol/event.ts';
import { channelName } from './capture/workers.ts';
import type { WorkerMessage } from './capture/workers.ts';
import { toEvent } from './event.ts';
import { attempt } from './lib/attempt.ts';
import { isError, isObject, read, toPlain } from './lib/describe-value.ts';
import { createId } from './lib/id.ts';
import { now } from './lib/now.ts';
import { on } from './lib/on.ts';
import { win } from './lib/win.ts';
import { packBatch } from './pack.ts';
import type { Waiting } from './pack.ts';

/** What `init` of a worker takes: nothing is required. */
export interface WorkerOptions {
  /** The collector's address, for errors while no page with the reporter is open. Without it those are lost. */
  endpoint?: string | undefined;
  /** The deployed version, for events that no page completes. */
  release?: string | undefined;
  /** Where it is deployed, for events that no page completes. */
  environment?: string | undefined;
}

const answerMs = 1_000;

/** As plain objects: not every engine keeps the stack of an error that is cloned, and not every value can be cloned. */
const toMessage = (thrown: unknown): unknown =>
  isError(thrown)
    ? {
        ...Object.fromEntries(['name', 'message', 'stack'].map((key) => [key, toPlain(read(thrown, key))])),
        cause: read(thrown, 'cause') && toMessage(read(thrown, 'cause')),
      }
    : isObject(thrown)
      ? toPlain(thrown)
      : thrown;

function send(told: NonNullable<WorkerMessage['told']>, { endpoint, release, environment }: WorkerOptions): void {
  if (!endpoint) return;
  const event: Waiting = { ...toEvent(told, told.id), trail: [0, 0] };
  const context = { release, environment, page: { url: win.location.href } };
  const [body] = packBatch({ id: '', context: context as object, trail: [] }, [event], now());
  // A keepalive request may outlive the worker.
  win.fetch(endpoint, { method: 'POST', body, keepalive: true, credentials: 'omit' }).catch(() => {});
}

/**
 * Tells the pages of this origin of uncaught errors and unhandled rejections in a dedicated, shared or service worker,
 * with their stack: their reporter completes and sends them. Returns a function that stops it.
 *
 * @example
 * import { init } from 'pagefault/worker';
 * init({ endpoint: 'https://errors.example.com/in/KEY', release: '1.4.2' });
 */
export function init(options: WorkerOptions = {}): () => void {
  const channel = attempt(() => new win.BroadcastChannel(channelName));
  const { href: url } = win.location;
  const waiting = new Map<unknown, () => void>();
  const tell = (mechanism: Mechanism, thrown: unknown) => {
    const told = { id: createId(), mechanism, thrown: [toMessage(thrown)] as [unknown], at: now() };
    waiting.set(told.id, () => send(told, options));
    setTimeout(() => {
      waiting.get(told.id)?.();
      waiting.delete(told.id);
    }, answerMs);
    channel?.postMessage({ url, told });
  };
  channel?.postMessage({ url });
  if (channel) channel.onmessage = ({ data }) => waiting.delete(data);
  const stop = [
    on<ErrorEvent>(win, 'error', ({ error, message }) => tell('onerror', error ?? message)),
    on<PromiseRejectionEvent>(win, 'unhandledrejection', ({ reason }) => tell('onunhandledrejection', reason)),
  ];
  return () => {
    for (const each of stop) each();
    channel?.close();
  };
}
