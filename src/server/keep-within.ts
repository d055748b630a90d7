import type { RetentionSettings } from '../protocol/api.ts';
import { inSteps } from './lib/in-steps.ts';
import { createNoticeJumps } from './notice-jumps.ts';
import type { Retention } from './store/store.ts';

export interface KeepOptions {
  retention: Retention;
  read(): Promise<RetentionSettings>;
  onError(error: unknown): void;
  /** The clock went ahead by so many days at once: for a day nothing is taken for too old. */
  onJump(days: number): void;
  /** How often it looks; default every minute. */
  lookMs?: number;
}

/** Looks whether something is to be let go, until it is stopped. Answers with the function that stops it. */
export function keepWithin({ retention, read, onError, onJump, lookMs = 60_000 }: KeepOptions): () => Promise<void> {
  const isBelieved = createNoticeJumps(onJump);
  const begin = async () => {
    const { days, maxBytes } = await read();
    return () => {
      const now = Date.now();
      return retention.step({ days: isBelieved(now, performance.now()) ? days : null, maxBytes }, now);
    };
  };
  return inSteps(lookMs, begin, onError);
}
