import type { ShownFrame, SourceContext } from '../../protocol/api.ts';
import type { Event } from '../../protocol/event.ts';
import type { Anchor } from './anchor.ts';
import { mayCall, mayCause } from './calls.ts';
import { namedIssue } from './named-issue.ts';
import type { Place } from './place.ts';
import { rootCauseOf, type RootCause } from './root-cause.ts';
import { whatWasSaid, type What } from './what-happened.ts';

/** Words that together decide the issue, and why, for people. */
export interface Grouping {
  parts: string[];
  /** Other words under which the same bug may be known already: minifiers and browsers blur the line. */
  aliases: string[][];
  /** Words that point to this bug if to one only, the best first. */
  hints: string[][];
  /** The line and its neighbours, whatever the file is called, and the file. */
  moved?: { words: string[]; file: string };
  /** Whether the place is the bug's: if not, the hint counts more. */
  isSure: boolean;
  reasons: string[];
}

/**
 * Version 1: the first line of the site's own code that is answerable, whatever the browser, the build, the way to it
 * and the values are. Where no such line is known, what happened. A change of it is version 2.
 */
export function groupV1(event: Event, frames: ShownFrame[][]): Grouping {
  const named = namedIssue(event);
  if (named) return { ...named, aliases: [], hints: [], isSure: true };
  const root = rootCauseOf(event.exceptions, frames);
  if (!root) return byWords(whatWasSaid(event));
  const { place } = root.anchor;
  if (!place) return byWords(root.what, root.anchor.through);
  return place.line || root.anchor.frame?.source ? byLine(root, place) : byFunction(root, place);
}

/** The author's own line. */
function byLine({ anchor, what, exception: { type }, isWrapped }: RootCause, place: Place): Grouping {
  const { through, callee, frame } = anchor;
  const source = frame?.source;
  const where = [place.file, place.function, ...throughParts(through)];
  const isLine = place.line !== '';
  const isSure = through ? mayCall(place.line, callee ?? '') : mayCause(source?.line ?? '', what.known);
  const inFunction = ['function', ...where];
  const ofType = [...inFunction, 'type', type];
  const isNamed = what.known !== undefined && what.parts[0] === 'about';
  return {
    parts: ['line', ...where, place.line, ...(isLine && isSure ? [] : what.parts)],
    // Engines may point to the line above or below, for minifiers join them. Where the message names a property, the
    // line that has it is right; `throw` is always where it is.
    aliases: what.known && !isNamed ? [ofType] : [],
    hints: [
      ...(isNamed ? [[...inFunction, ...what.parts]] : []),
      ...(what.known ? [ofType] : []),
      ...(through ? [inFunction] : []),
      // Where Safari ended the frame of the bug's line, what is left of the stack begins with its caller.
      hintOf(what, through, isSure ? anchor.caller : place),
    ],
    ...(isLine && source && { moved: movedLine(place, through, source) }),
    isSure,
    reasons: [
      ...(isWrapped ? ['Another error wraps it: what counts is the cause.'] : []),
      `It comes from the same line of ${nameOf(place)}${isLine ? '' : ' (the line itself is too long to tell)'}.`,
      ...(through ? [`The line calls ${nameOf(through)}, which throws for its caller.`] : []),
      isLine ? 'Neither the message, the browser, the release nor the way to this line count.' : what.reason,
    ],
  };
}

/** Without a source map: functions' names and what happened; a position tells within one build. */
function byFunction({ anchor, what }: RootCause, place: Place): Grouping {
  const { filename = '', lineno = 0, colno = 0 } = anchor.frame ?? {};
  const name = isLasting(place.function) ? [place.function] : [];
  return {
    parts: ['what', ...what.parts, ...name],
    hints: [],
    aliases: what.known && colno > 0 ? near(colno).map((column) => ['near', filename, String(lineno), column]) : [],
    isSure: true,
    reasons: [
      what.reason,
      name.length > 0 ? `It happened in a function \`${place.function}\`.` : 'The function has no name that lasts.',
      'No source map tells the line: with one, bugs are told apart by it.',
    ],
  };
}

function byWords(what: What, through?: Place): Grouping {
  return {
    parts: ['what', ...what.parts, ...throughParts(through)],
    aliases: [],
    hints: [hintOf(what, through)],
    isSure: false,
    reasons: [
      what.reason,
      ...(through ? [`It was thrown by ${nameOf(through)}.`] : []),
      "No line of the site's own code is known, so the place does not count.",
    ],
  };
}

/**
 * Of one expression, engines point to different ends, and its value decides which part of it breaks. Two windows that
 * overlap: places that are at most half a window apart share one of them.
 */
const near = (column: number, width = 32) => [
  `a${Math.floor(column / width)}`,
  `b${Math.floor((column + width / 2) / width)}`,
];

/** A line alone may stand in many places; with what is around it, hardly. */
const neighbours = ({ before, line, after }: SourceContext) =>
  [...before.slice(-2), line, ...after.slice(0, 2)].map((text) => text.replace(/\s+/g, ''));

const movedLine = (place: Place, through: Place | undefined, source: SourceContext) => ({
  words: ['moved', place.function, ...throughParts(through), ...neighbours(source)],
  file: place.file,
});

const hintOf = (what: What, through: Place | undefined, caller?: Place) => [
  'hint',
  ...what.parts,
  ...throughParts(through),
  ...(caller ? [caller.file, caller.function, caller.line] : []),
];

const throughParts = (through: Anchor['through']) =>
  through ? ['through', packageOf(through.file), through.function, through.line] : [];

/** A package is one thing, however its files are called. */
const packageOf = (file: string) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? file;

const nameOf = ({ file, function: name }: Place) =>
  name && name !== '<module>' ? `\`${name}\` in \`${file}\`` : `\`${file}\``;

/** Names of methods outlive minifiers, those of functions and variables become a letter or two. */
const isLasting = (name: string) => name.length > 3;
