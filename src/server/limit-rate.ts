import { createHash } from 'node:crypto';

/** What one project may send. */
export interface RateLimit {
  /** How many of so many events are within the limit now. */
  take(events: number, now: number): number;
  /** So far beyond it that nothing should even be read. */
  isFlooded(now: number): boolean;
}

/** Seconds of the limit that a burst may use at once. */
const burstSeconds = 10;
/** Beyond the limit times this nothing is read any more. */
const floodFactor = 10;
/** Of what is beyond the limit one of so many is kept. */
const keptOfMany = 10;

/** Two buckets that fill up again by the second: one for what is kept, one for what is looked at. Times in ms. */
export function createRateLimit(eventsPerMinute: number, now: number): RateLimit {
  const kept = createBucket(eventsPerMinute, now);
  const read = createBucket(eventsPerMinute * floodFactor, now);
  return {
    take(events, at) {
      read.take(events, at);
      return kept.take(events, at);
    },
    isFlooded: (at) => read.level(at) < 1,
  };
}

function createBucket(perMinute: number, start: number) {
  const capacity = Math.max(1, (perMinute / 60) * burstSeconds);
  let level = capacity;
  let filledAt = start;
  const fill = (now: number) => {
    // A clock that was set back fills nothing, and takes nothing away.
    level = Math.min(capacity, level + (Math.max(0, now - filledAt) * perMinute) / 60_000);
    filledAt = now;
    return level;
  };
  return {
    level: fill,
    take(wanted: number, now: number): number {
      const taken = Math.min(wanted, Math.floor(fill(now)));
      level -= taken;
      return taken;
    },
  };
}

/** Decided by the id, so that an event that is sent again meets the same fate. */
export const isInSample = (eventId: string): boolean =>
  (createHash('sha1').update(eventId).digest()[0] ?? 0) % keptOfMany === 0;
