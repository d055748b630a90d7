import assert from 'node:assert/strict';

/** A stretch of one line of a built file; line and columns 1-based. */
export interface Place {
  lineno: number;
  fromColumn: number;
  toColumn: number;
}

/** Where built code matches the pattern, which must be on one line and only once. */
export function placeOf(code: string, pattern: RegExp): Place {
  const [match, ...others] = code.matchAll(new RegExp(pattern, 'g'));
  assert.ok(match && others.length === 0, `${pattern} is in the built code once`);
  const before = code.slice(0, match.index);
  const fromColumn = match.index - before.lastIndexOf('\n');
  return { lineno: before.split('\n').length, fromColumn, toColumn: fromColumn + match[0].length };
}

/** Engines differ about the column of one and the same throw, never about the expression. */
export function assertPlace(frame: { lineno?: number; colno?: number }, place: Place): void {
  const { lineno = 0, colno = 0 } = frame;
  const there = lineno === place.lineno && colno >= place.fromColumn && colno <= place.toColumn;
  assert.ok(there, `${lineno}:${colno} is in ${place.lineno}:${place.fromColumn}-${place.toColumn}`);
}
