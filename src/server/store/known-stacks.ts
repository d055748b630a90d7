import type { Frame } from '../../protocol/event.ts';

/** Stacks that were parsed lately. */
export interface KnownStacks {
  /** The frames that the bytes between say, as JSON; undefined if they say none. */
  parse(bytes: Buffer, from: number, to: number): Frame[] | undefined;
}

/** Stacks that are remembered, and their bytes as JSON; when it is too much, half of them go. */
const [maxStacks, maxBytes] = [2_000, 4_000_000];
/** A larger one is rare, and would push out many. */
const maxLength = 20_000;

interface Known {
  json: Buffer;
  frames: Frame[];
}

/**
 * Found by a number made of some of their bytes and then compared with all: text as a key would have to be made first, and
 * looked at several times more slowly.
 */
export function createKnownStacks(): KnownStacks {
  // Two halves instead of a list in order: what comes all the time is moved once in a while, not each time.
  let fresh = new Map<number, Known>();
  let old = new Map<number, Known>();
  let freshBytes = 0;
  const filenames = new Map<string, string>();
  const add = (number: number, known: Known) => {
    if (fresh.size >= maxStacks / 2 || freshBytes + known.json.length > maxBytes / 2) {
      old = fresh;
      fresh = new Map();
      freshBytes = 0;
      filenames.clear();
    }
    fresh.set(number, known);
    freshBytes += known.json.length;
  };
  /** Frames of a build are of the same few files: each name stands once. */
  const share = (frame: Frame) => {
    if (frame.filename === undefined) return;
    const known = filenames.get(frame.filename);
    if (known === undefined) filenames.set(frame.filename, frame.filename);
    else frame.filename = known;
  };
  return {
    parse(bytes, from, to) {
      const number = numberOf(bytes, from, to);
      const isIt = (known: Known | undefined) =>
        known && bytes.compare(known.json, 0, known.json.length, from, to) === 0;
      const known = fresh.get(number);
      if (known && isIt(known)) return known.frames;
      const older = old.get(number);
      if (older && isIt(older)) {
        old.delete(number);
        add(number, older);
        return older.frames;
      }
      const frames = tryParse(bytes.toString('utf8', from, to));
      if (!frames || to - from > maxLength) return frames;
      frames.forEach(share);
      add(number, { json: copyOf(bytes, from, to), frames });
      return frames;
    },
  };
}

/** In memory of its own: a small copy in what Node shares out keeps all the rest of that, 64 kB, from being given back. */
function copyOf(bytes: Buffer, from: number, to: number): Buffer {
  const copy = Buffer.allocUnsafeSlow(to - from);
  bytes.copy(copy, 0, from, to);
  return copy;
}

/** All bytes of the first frames, which differ most, and some of the others. */
function numberOf(bytes: Buffer, from: number, to: number): number {
  let hash = 0x811c9dc5 ^ (to - from);
  const near = Math.min(to, from + 300);
  for (let at = from; at < near; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  for (let at = near; at < to; at += 7) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash;
}

/** Undefined for what ends too early: a name of a function may have brackets. */
function tryParse(text: string): Frame[] | undefined {
  try {
    return JSON.parse(text) as Frame[];
  } catch {
    return undefined;
  }
}
