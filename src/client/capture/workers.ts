import type { Mechanism } from '../../protocol/event.ts';
import { attempt } from '../lib/attempt.ts';
import { on } from '../lib/on.ts';
import { win } from '../lib/win.ts';
import type { InnerPart } from '../part.ts';

/** What a worker with our entry (`worker.ts`) tells the pages of its origin; when it starts, only `url`. */
export interface WorkerMessage {
  url: string;
  told?: { id: string; mechanism: Mechanism; thrown: [unknown]; at: number; debugIds: Record<string, string> };
}

export const channelName = 'pagefault';

const workerMs = 500;

/**
 * Reports what workers tell. All pages of the origin hear it: the collector stores an id once. The answer is the id, so
 * that the worker need not send it.
 */
export const watchWorkers: InnerPart = (report, _trail, _scope, quarantine) => {
  /** URLs of workers that tell of their errors themselves. */
  const telling = new Set<unknown>();
  const { _hold } = quarantine;
  // A worker's error comes from the browser too, without the error and its stack: then the worker may still tell.
  quarantine._hold = (event, pass) => {
    const [first] = event.exceptions;
    const frame = first?.type === '' && first.frames[0];
    if (frame) setTimeout(() => telling.has(frame.filename) || pass(), workerMs);
    else _hold(event, pass);
  };
  const channel = attempt(() => new win.BroadcastChannel(channelName));
  on<MessageEvent<WorkerMessage>>(channel, 'message', ({ data: { url, told } }) => {
    telling.add(url);
    report(told);
    if (told) channel?.postMessage(told.id);
  });
  return () => channel?.close();
};
