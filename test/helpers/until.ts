import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the condition holds; throws after a while, with what `describe` says. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  describe: () => unknown,
  timeoutMs = 15_000,
): Promise<void> {
  for (const end = performance.now() + timeoutMs; !(await condition()); await sleep(30))
    if (performance.now() > end) throw new Error(`waited ${timeoutMs} ms; ${JSON.stringify(describe())}`);
}
