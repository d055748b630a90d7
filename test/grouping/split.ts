import { createHash } from 'node:crypto';

/** Whether a bug is held out: half of them, by a hash of the name, so that no one chooses. Never looked at while tuning. */
export function isHeldOut(bug: string): boolean {
  return (createHash('sha256').update(`held out: ${bug}`).digest()[0] as number) % 2 === 1;
}
