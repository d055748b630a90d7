import { runInThisContext } from 'node:vm';

const slot = Symbol.for('pagefault.work');

/** Runs synchronous work, and throws when it takes longer: nothing else stops what never yields. */
export function withinMs(timeoutMs: number, work: () => void): void {
  const scope = globalThis as unknown as Record<symbol, unknown>;
  scope[slot] = work;
  try {
    runInThisContext(`globalThis[Symbol.for('pagefault.work')]()`, { timeout: timeoutMs });
  } finally {
    delete scope[slot];
  }
}
