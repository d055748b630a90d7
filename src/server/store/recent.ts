import type { Event } from '../../protocol/event.ts';
import type { Appended } from './arrivals.ts';
import type { KeptEvent } from './store.ts';

/** The newest events as they came, so that the digest, when it keeps up, need not read and unpack them again. */
export interface Recent {
  add(event: Appended): void;
  /** Those that follow `seq` without a gap, parsed; none if they are not known here any more. */
  after(seq: number, limit: number): KeptEvent[];
}

const maxChars = 8_000_000;
/** Of one answer: what is parsed needs several times as much memory. */
const maxTaken = 2_000_000;

export function createRecent(): Recent {
  let events: Appended[] = [];
  let chars = 0;
  const forget = () => {
    events = [];
    chars = 0;
  };
  return {
    add(event) {
      // Too far behind: the digest reads from the file until it has caught up.
      if (chars > maxChars) forget();
      events.push(event);
      chars += event.json.length;
    },
    after(seq, limit) {
      const from = events.findIndex((event) => event.seq > seq);
      if (from < 0 || events[from]?.seq !== seq + 1) return [];
      events = events.slice(from);
      chars = events.reduce((sum, { json }) => sum + json.length, 0);
      let count = 0;
      let taken = 0;
      do taken += events[count++]?.json.length ?? 0;
      while (count < Math.min(limit, events.length) && taken < maxTaken);
      return events.slice(0, count).map(({ seq, projectId, receivedAt, happenedAt, json }) => ({
        seq,
        projectId,
        receivedAt,
        happenedAt,
        event: JSON.parse(json) as Event,
        json,
      }));
    },
  };
}
