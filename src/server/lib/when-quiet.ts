import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const quietMs = 5_000;

/** Calls each `work` when `busy` has not been called for a while; `busy` costs next to nothing. */
export function whenQuiet(...works: (() => void)[]): { busy(): void; stop(): void } {
  const timer = setTimeout(() => works.forEach((work) => work()), quietMs).unref();
  return { busy: () => void timer.refresh(), stop: () => clearTimeout(timer) };
}

/**
 * Collects all garbage of this thread, and the code that V8 made of functions that do not run just now, and gives free
 * pages back to the system: V8 by itself keeps what a start or a burst took. Holds up the thread for some 50 ms.
 */
export function giveMemoryBack(): void {
  // The documented way to reach the collector without a flag of the command.
  setFlagsFromString('--expose-gc');
  // Without it code goes after it has not run for several collections: those of a quiet time are days apart.
  setFlagsFromString('--stress-flush-code');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  setFlagsFromString('--no-stress-flush-code');
}
