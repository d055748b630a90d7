import { inSteps } from './lib/in-steps.ts';
import type { Settling } from './store/store.ts';

const lookMs = 1_000;

/** Whenever `isIdle`, stores what the digest wrote in less space, until it is stopped. Answers with the function that stops it. */
export const keepSettled = (
  settling: Settling,
  isIdle: () => boolean,
  onError: (error: unknown) => void,
): (() => Promise<void>) => inSteps(lookMs, async () => async () => isIdle() && (await settling.step()), onError);
