import { findFunctions, type FoundFunction } from './find-functions.ts';
import type { NameOf, Place } from './function-names.ts';
import { parseSource } from './parse-source.ts';

/** A place from which on another function is the innermost. Both 0-based. */
export interface ScopeStart {
  line: number;
  column: number;
  /** Empty outside of all functions. */
  name: string;
}

/** The text as a list of places, each with the function that begins or goes on there; undefined if it cannot be parsed. */
export function scopesOf(path: string, content: string, nameOf: NameOf = (_, text) => text): ScopeStart[] | undefined {
  const tree = parseSource(path, content);
  return tree && flatten(findFunctions(tree, nameOf));
}

function flatten(functions: FoundFunction[]): ScopeStart[] {
  functions.sort((a, b) => order(a.start, b.start) || order(b.end, a.end));
  const starts: ScopeStart[] = [];
  const open: FoundFunction[] = [];
  const put = (place: Place, name: string) => {
    const last = starts.at(-1);
    const start = { line: place.line - 1, column: place.column, name };
    if (last?.line === start.line && last.column === start.column) starts[starts.length - 1] = start;
    else starts.push(start);
  };
  const closeUntil = (place: Place | undefined) => {
    for (let top = open.at(-1); top && (!place || order(top.end, place) <= 0); top = open.at(-1)) {
      open.pop();
      put(top.end, open.at(-1)?.name ?? '');
    }
  };
  for (const found of functions) {
    closeUntil(found.start);
    put(found.start, found.name);
    open.push(found);
  }
  closeUntil(undefined);
  return starts;
}

function order(a: Place, b: Place): number {
  return a.line - b.line || a.column - b.column;
}
