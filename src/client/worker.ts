import { batchVersion } from '../protocol/batch.ts';
import type { BatchException, BatchFrame } from '../protocol/batch.ts';
import type { Mechanism } from '../protocol/event.ts';
import { limits } from '../protocol/limits.ts';
import { channelName } from './capture/workers.ts';
import type { WorkerMessage } from './capture/workers.ts';
import { findDebugIds } from './debug-ids.ts';
import { attempt } from './lib/attempt.ts';
import { describeValue, isError, isObject, read, toPlain, typeOf } from './lib/describe-value.ts';
import { createId } from './lib/id.ts';
import { now } from './lib/now.ts';
import { on } from './lib/on.ts';
import { win } from './lib/win.ts';
import { parseStack } from './stack.ts';
import { sdk } from './version.ts';

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

/** An error as `toMessage` tells it. */
interface ToldError {
  name: string;
  message: string;
  stack: string | undefined;
  cause: unknown;
}

/** As plain objects: not every engine keeps the stack of an error that is cloned, and not every value can be cloned. */
const toMessage = (thrown: unknown, causes: number = limits.exceptionsPerEvent): unknown => {
  if (!isError(thrown)) return isObject(thrown) ? toPlain(thrown) : thrown;
  const get = (key: string) => toPlain(read(thrown, key));
  const cause = causes > 1 && read(thrown, 'cause');
  return {
    name: get('name'),
    message: get('message'),
    stack: get('stack'),
    cause: cause && toMessage(cause, causes - 1),
  };
};

/** Of the scripts in the stacks: a page has only those of its own. */
const debugIdsOf = (thrown: unknown): Record<string, string> => {
  const { stack, message, cause } = Object(thrown) as ToldError;
  return { ...(isObject(cause) && debugIdsOf(cause)), ...findDebugIds([{ frames: parseStack(stack, message) }]) };
};

/** A batch of one event. Nothing in it comes twice, so it needs no tables: `pack.ts` is for pages. */
function packTold(
  { thrown, ...told }: NonNullable<WorkerMessage['told']>,
  { release, environment }: WorkerOptions,
): string {
  const files: string[] = [];
  const frames: BatchFrame[] = [];
  const stacks: number[][] = [];
  const exceptions: BatchException[] = [];
  const add = (value: unknown) => {
    const isToldError = isObject(value) && 'stack' in value;
    const { name, message, stack, cause } = (isToldError ? value : {}) as ToldError;
    const indexes = parseStack(stack, message).map(
      ({ function: called = '', filename, lineno = 0, colno = 0 }) =>
        frames.push([called, filename ? files.push(filename) - 1 : -1, lineno, colno]) - 1,
    );
    const parent = exceptions.length - 1;
    exceptions.push({
      type: isToldError ? name : typeOf(value),
      value: isToldError ? message : describeValue(value),
      ...(indexes[0] != null && { stack: stacks.push(indexes) - 1 }),
      ...(parent >= 0 && { parent, relation: 'cause' }),
    });
    if (cause) add(cause);
  };
  thrown.forEach(add);
  return JSON.stringify({
    version: batchVersion,
    sdk,
    sentAt: now(),
    // Undefined values do not travel.
    release,
    environment,
    page: { url: win.location.href },
    files,
    frames,
    stacks,
    events: [{ ...told, exceptions }],
  });
}

function send(told: NonNullable<WorkerMessage['told']>, options: WorkerOptions): void {
  const { endpoint } = options;
  // A keepalive request may outlive the worker.
  if (endpoint)
    win
      .fetch(endpoint, { method: 'POST', body: packTold(told, options), keepalive: true, credentials: 'omit' })
      .catch(() => {});
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
  const waiting = new Set<unknown>();
  const tell = (mechanism: Mechanism, thrown: unknown) => {
    const message = toMessage(thrown);
    const told = {
      id: createId(),
      mechanism,
      thrown: [message] as [unknown],
      at: now(),
      debugIds: debugIdsOf(message),
    };
    waiting.add(told.id);
    setTimeout(() => waiting.delete(told.id) && send(told, options), answerMs);
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
