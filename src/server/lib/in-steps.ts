import { setTimeout } from 'node:timers/promises';

/** Between two steps, so that arrivals and the digest come first. */
const restMs = 20;

/**
 * Every `lookMs` asks for a step and repeats it, with a rest in between, as long as it says that there is more to do, until
 * it is stopped. Answers with the function that stops it.
 */
export function inSteps(
  lookMs: number,
  begin: () => Promise<() => Promise<boolean>>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const pause = (ms: number) =>
    setTimeout(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        const step = await begin();
        while (!stopping.signal.aborted && (await step())) await pause(restMs);
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
