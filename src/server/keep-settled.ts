import { setTimeout } from 'node:timers/promises';
import type { Settling } from './store/store.ts';

const lookMs = 1_000;
/** Between two steps, so that arrivals and the digest come first. */
const restMs = 20;

/** Whenever `isIdle`, stores what the digest wrote in less space, until it is stopped. Answers with the function that stops it. */
export function keepSettled(
  settling: Settling,
  isIdle: () => boolean,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const pause = (ms: number) =>
    setTimeout(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        while (!stopping.signal.aborted && isIdle() && (await settling.step())) await pause(restMs);
      } catch (error) {
        onError(error);
      }
      await pause(lookMs);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}
