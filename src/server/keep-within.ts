import type { RetentionSettings } from '../protocol/api.ts';
import { inSteps } from './lib/in-steps.ts';
import type { Retention } from './store/store.ts';

const lookMs = 60_000;

/** Looks every minute whether something is to be let go, until it is stopped. Answers with the function that stops it. */
export function keepWithin(
  retention: Retention,
  read: () => Promise<RetentionSettings>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const begin = async () => {
    const settings = await read();
    return () => retention.step(settings, Date.now());
  };
  return inSteps(lookMs, begin, onError);
}
