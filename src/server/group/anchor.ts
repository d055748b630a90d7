import type { ShownFrame } from '../../protocol/api.ts';
import type { Frame } from '../../protocol/event.ts';
import { rememberFor } from '../lib/remember.ts';
import { placeOf, type Place } from './place.ts';
import { constructorFrames, isErrorConstructor, isHelper, isThrower } from './thrower.ts';

/** Who is answerable for an error. */
export interface Anchor {
  /** The site's own code; absent when no frame of it is known. */
  place?: Place;
  /** Its frame. */
  frame?: ShownFrame;
  /** The package or helper that threw when it was called. */
  through?: Place;
  /** Name of the function that the place called; absent when the place itself threw. */
  callee?: string;
  /** The frame of the site's own code that called the place. */
  caller?: Place;
}

/**
 * The first frame of the site's own code. A package, a helper and a function that throws for its caller are passed by:
 * the same line of theirs is a different bug for each caller.
 */
export const anchorOf = rememberFor(findAnchor);

function findAnchor(frames: ShownFrame[]): Anchor {
  const anchor: Anchor = {};
  const generated = generatedFrames(frames);
  const constructors = generated + constructorFrames(frames.slice(generated));
  for (const [index, frame] of frames.entries()) {
    if (index < constructors) continue;
    // Only one engine knows who waits: with its word, one bug would be two.
    if (index > 0 && isAwaiting(frame.raw ?? frame)) break;
    if (!frame.filename || isErrorConstructor(frame)) continue;
    if (frame.inApp && !isThrower(frame) && !isHelper(frame)) {
      const caller = frames.slice(index + 1).find(({ inApp, source }) => inApp && source);
      return { ...anchor, place: placeOf(frame), frame, ...(caller && { caller: placeOf(caller) }) };
    }
    if (!isCode(frame)) continue;
    anchor.through ??= throughOf(frame);
    anchor.callee = frame.function ?? '';
  }
  return anchor;
}

/**
 * How many of the first frames are of functions that the build has added (for private members, for classes): the map
 * does not know them, and leads to the bracket that closes what stands before them.
 */
function generatedFrames(frames: ShownFrame[]): number {
  const first = frames.findIndex(({ source }) => !source || !/^[\s})\];,]+$/.test(source.line));
  return first > 0 && frames[first]?.source ? first : 0;
}

const isAwaiting = (frame: Frame) => /^async(?: |$)/.test(frame.function ?? '');

/** Extensions and the engine's own scripts are nobody's helpers. */
const isCode = ({ filename = '', source }: ShownFrame) => source !== undefined || /^(?:https?:|\/)/.test(filename);

/** A function that throws what it is told says nothing about the bug; a package is known by its function. */
function throughOf(frame: ShownFrame): Place {
  const place = placeOf(frame);
  return frame.inApp && isHelper(frame) && !isThrower(frame) ? place : { ...place, line: '' };
}

/** Of functions that call one another until the stack is full, whichever comes first in the alphabet. */
export function recursiveAnchor(frames: ShownFrame[]): Anchor {
  const own = frames
    .filter(({ inApp, filename }) => inApp && filename)
    .map((frame) => ({ frame, place: { ...placeOf(frame), line: '' } }));
  const names = own.map(({ place }) => `${place.file}\n${place.function}`);
  const again = own.map((_, index) => index).filter((index) => names.indexOf(names[index] ?? '') !== index);
  const [first = 0] = again.sort((a, b) => ((names[a] ?? '') < (names[b] ?? '') ? -1 : 1));
  return own[first] ?? {};
}
