import assert from 'node:assert/strict';

/**
 * Some milliseconds where work grows with its input, minutes or years where a pattern goes back and forth: so far apart
 * that a slow or busy machine does not matter. CPU time, ms.
 */
const maxCpuMs = 2_000;

/** Does the work, and throws with `what` when it got out of hand. */
export function notOutOfHand(what: string, work: () => void): void {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  assert.ok((user + system) / 1_000 < maxCpuMs, `${what}: ${(user + system) / 1_000} ms of CPU`);
}
