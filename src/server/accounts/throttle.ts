/** Times are of a clock that nobody sets, ms: one that was set back would lock people out for as long. */
export interface Throttle {
  /** Seconds to wait before the next try; 0 if it may be made now. */
  waitSeconds(name: string, now: number): number;
  failed(name: string, now: number): void;
  /** Told that it failed: the wait begins now. */
  answered(name: string, now: number): void;
  succeeded(name: string): void;
}

/** Who has one IPv6 address has 2^64 of them. */
export function networkOf(ip: string): string {
  if (!ip.includes(':')) return ip;
  const mapped = /^::ffff:([\d.]+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = ip.split('::');
  const groups = head.split(':').filter(Boolean);
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter(Boolean).length;
  return [...groups, ...Array<string>(missing).fill('0'), ...(tail ?? '').split(':').filter(Boolean)]
    .slice(0, 4)
    .join(':');
}

const freeTries = 5;
const longestWaitMs = 15 * 60_000;
const maxNames = 10_000;

/** After five failures each further one doubles the wait, from 2 s to 15 min. Kept in memory. */
export function createThrottle(): Throttle {
  const failures = new Map<string, { count: number; until: number }>();
  const wait = (name: string, count: number, now: number) => {
    const waitMs = count < freeTries ? 0 : Math.min(longestWaitMs, 1_000 * 2 ** (count - freeTries + 1));
    failures.delete(name);
    failures.set(name, { count, until: now + waitMs });
    // The oldest goes first, so that made-up names cannot fill the memory.
    if (failures.size > maxNames) failures.delete(failures.keys().next().value ?? '');
  };
  return {
    waitSeconds: (name, now) => Math.max(0, Math.ceil(((failures.get(name)?.until ?? 0) - now) / 1_000)),
    failed: (name, now) => wait(name, (failures.get(name)?.count ?? 0) + 1, now),
    answered: (name, now) => wait(name, failures.get(name)?.count ?? 1, now),
    succeeded: (name) => void failures.delete(name),
  };
}
