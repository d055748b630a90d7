import type { Appended } from './arrivals.ts';
import type { BuffersInUse } from './buffers-in-use.ts';
import type { ParseEvent } from './parse-event.ts';
import type { KeptEvent } from './store.ts';

/** Events that wait, as they came, so that the digest, when it keeps up, need not read and unpack them again. */
export interface Recent {
  add(event: Appended): void;
  /** Those that follow `seq` without a gap, parsed; none if they are not known here. */
  after(seq: number, limit: number): KeptEvent[];
}

/** Less than what may wait: unpacking what is read from the file costs a hundredth of digesting it. */
const maxBytes = 4_000_000;
/** Of one answer: what is parsed needs several times as much memory. */
const maxTaken = 2_000_000;

export function createRecent(parse: ParseEvent, buffers: BuffersInUse): Recent {
  let events: Appended[] = [];
  let bytes = 0;
  const forgetTo = (seq: number) => {
    const from = events.findIndex((event) => event.seq > seq);
    const gone = from < 0 ? events : events.slice(0, from);
    if (gone.length === 0) return;
    bytes -= gone.reduce((sum, { json }) => sum + json.length, 0);
    events = from < 0 ? [] : events.slice(from);
  };
  return {
    add(event) {
      // What comes while so much waits is read from the file when its turn comes.
      if (bytes > maxBytes) return;
      events.push(event);
      bytes += event.json.length;
      buffers.take(event.json);
    },
    after(seq, limit) {
      forgetTo(seq);
      let count = 0;
      for (let chars = 0; count < limit && chars < maxTaken; count++) {
        const event = events[count];
        if (!event || event.seq !== seq + 1 + count) break;
        chars += event.json.length;
      }
      const taken: KeptEvent[] = [];
      for (const { seq, projectId, receivedAt, happenedAt, json, block } of events.slice(0, count)) {
        taken.push({ seq, projectId, receivedAt, happenedAt, event: parse(json), json, block });
      }
      return taken;
    },
  };
}
