import { limits } from '../protocol/limits.ts';
import { goOn } from '../protocol/parse/go-on.ts';
import { isTooDeep } from '../protocol/parse/is-too-deep.ts';
import { isFields, type Fields } from '../protocol/parse/reader.ts';
import type { Meanwhile } from './lib/line-up.ts';

/** What others may go on from: characters of JSON, all together. */
const maxChars = 8_388_608;
/** How long one that goes on waits for its base, and how many characters of JSON may wait. */
const waitMs = 3_000;
const maxWaiting = 4_194_304;
/** What a page sends as a base is below `limits.batchBytes`, but for a single large event. */
const maxLength = 4 * limits.batchBytes;
/** A small batch may bring a large base with it: no more often than a burst needs. */
const maxUses = 100;

export interface Bases {
  /**
   * The batch as it is when it goes on from no other: with what its base says. Undefined when that has not come, or is
   * forgotten: then the sender has to send the whole. What is no batch is given back as it is. While it waits, others are read:
   * the base among them.
   */
  complete(projectId: string, input: unknown, meanwhile: Meanwhile): Promise<unknown>;
}

/**
 * Batches of the last moments, from which others go on: in a burst, most of them say only what is new. It needs not be
 * durable: each event is made whole before it is kept, and what cannot be is refused, not acknowledged.
 */
export function createBases(): Bases {
  /** Oldest first. As text: an object takes several times the memory. */
  const known = new Map<string, { text: string; uses: number }>();
  const waiting = new Map<string, Set<() => void>>();
  let chars = 0;
  let waitingChars = 0;

  const remember = (key: string, text: string) => {
    if (known.has(key) || text.length > maxLength) return;
    known.set(key, { text, uses: 0 });
    chars += text.length;
    for (const [oldest, { text: old }] of known) {
      if (chars <= maxChars) break;
      known.delete(oldest);
      chars -= old.length;
    }
    for (const wake of waiting.get(key) ?? []) wake();
  };

  /** Requests overtake one another: the base may still be on its way. */
  const arrival = async (key: string, length: number): Promise<void> => {
    if (known.has(key) || waitingChars + length > maxWaiting) return;
    const wakes = waiting.get(key) ?? new Set();
    waiting.set(key, wakes);
    waitingChars += length;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      const wake = () => (clearTimeout(timer), resolve());
      wakes.add(wake);
    });
    waitingChars -= length;
    waiting.delete(key);
  };

  return {
    async complete(projectId, input, meanwhile) {
      const batch = typeof input === 'string' ? parse(input) : undefined;
      if (!batch) return input;
      const { id, base } = batch;
      if (typeof base !== 'string') {
        if (isId(id)) remember(`${projectId} ${id}`, input as string);
        return batch;
      }
      const key = `${projectId} ${base}`;
      if (isId(base) && !known.has(key)) await meanwhile(arrival(key, (input as string).length));
      const found = known.get(key);
      return found && found.uses++ < maxUses ? goOn(parse(found.text) ?? {}, batch) : undefined;
    },
  };
}

const isId = (id: unknown): id is string => typeof id === 'string' && /^[\w-]{16,64}$/.test(id);

/** Undefined for what is no object of JSON, and for what would cost too much to find that out. */
function parse(text: string): Fields | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
