import type { Mechanism } from '../../protocol/event.ts';
import { attempt } from '../lib/attempt.ts';
import { on } from '../lib/on.ts';
import { win } from '../lib/win.ts';
import type { Captured, Report } from './captured.ts';

/** What a worker with our entry (`worker.ts`) tells the pages of its origin; when it starts, only `url`. */
export interface WorkerMessage {
  url: string;
  told?: { id: string; mechanism: Mechanism; thrown: [unknown]; at: number };
}

export const channelName = 'pagefault';

/** URLs of workers that tell of their errors themselves. */
const tellingWorkers = new Set<string>();
const workerMs = 500;

/** A worker's error comes from the browser too, without the error and its stack: then the worker may still tell. */
export function awaitWorker(
  { thrown }: Captured,
  { lineno, filename, isTrusted }: ErrorEvent,
  report: () => void,
): void {
  if (!thrown && lineno && isTrusted) setTimeout(() => tellingWorkers.has(filename) || report(), workerMs);
  else report();
}

/**
 * Reports what workers tell. All pages of the origin hear it: the collector stores an id once. The answer is the id, so
 * that the worker need not send it.
 */
export const installWorkers = (report: Report): (() => void) => {
  const channel = attempt(() => new win.BroadcastChannel(channelName));
  on<MessageEvent<WorkerMessage>>(channel, 'message', ({ data: { url, told } }) => {
    tellingWorkers.add(url);
    report(told);
    if (told) channel?.postMessage(told.id);
  });
  return () => channel?.close();
};
