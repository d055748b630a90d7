import { setTimeout } from 'node:timers/promises';
import type { RetentionSettings } from '../protocol/api.ts';
import type { Retention } from './store/store.ts';

const lookMs = 60_000;
/** Between two steps, so that arrivals and the digest come first. */
const restMs = 20;

/** Looks every minute whether something is to be let go, until it is stopped. Answers with the function that stops it. */
export function keepWithin(
  retention: Retention,
  read: () => Promise<RetentionSettings>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const pause = (ms: number) =>
    setTimeout(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        const settings = await read();
        while (!stopping.signal.aborted && (await retention.step(settings, Date.now()))) await pause(restMs);
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
