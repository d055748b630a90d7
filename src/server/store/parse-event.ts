import type { Event, Exception, Frame } from '../../protocol/event.ts';
import { createKnownStacks } from './known-stacks.ts';

/** Turns the JSON of an event that was kept as it came into the event. Throws when it is damaged. */
export type ParseEvent = (json: Uint8Array) => Event;

const [begin, end] = [Buffer.from('"frames":[{'), Buffer.from('}]')];
/** Of `begin`, what stands before the list. */
const keyBytes = '"frames":'.length;

/**
 * Events of one bug have the same stack, to the letter, and a stack is the most there is to parse. Those seen lately are
 * parsed once: events that have the same share one list of frames, by which others may remember what they found out
 * about it. Treat it as read-only.
 */
export function createParseEvent(): ParseEvent {
  const stacks = createKnownStacks();
  return (json) => {
    const bytes = Buffer.from(json.buffer, json.byteOffset, json.length);
    const lists: Frame[][] = [];
    let rest = '';
    let from = 0;
    for (let at = bytes.indexOf(begin); at >= 0; at = bytes.indexOf(begin, from)) {
      const first = at + keyBytes;
      const behind = bytes.indexOf(end, first) + end.length;
      const frames = behind > end.length ? stacks.parse(bytes, first, behind) : undefined;
      if (!frames) return parseWhole(bytes);
      rest += `${bytes.toString('utf8', from, first)}${lists.length}`;
      lists.push(frames);
      from = behind;
    }
    if (lists.length === 0) return parseWhole(bytes);
    return withFrames(JSON.parse(rest + bytes.toString('utf8', from)) as Cut, lists) ?? parseWhole(bytes);
  };
}

const parseWhole = (bytes: Buffer) => JSON.parse(bytes.toString()) as Event;

/** An event with the number of a list where its frames were. */
type Cut = Omit<Event, 'exceptions'> & { exceptions: (Omit<Exception, 'frames'> & { frames: Frame[] | number })[] };

/** Undefined when something else of the event was called so, too. */
function withFrames(event: Cut, lists: Frame[][]): Event | undefined {
  let count = 0;
  for (const exception of event.exceptions) {
    if (typeof exception.frames !== 'number') continue;
    exception.frames = lists[exception.frames] ?? [];
    count++;
  }
  return count === lists.length ? (event as Event) : undefined;
}
