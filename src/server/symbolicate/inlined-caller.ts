import type { SourceText } from './context-lines.ts';
import type { FoundScope } from './function-in.ts';
import type { MapIndex, Traced } from './map-index.ts';
import type { TextOf } from './trace-frame.ts';

/** The function around an original place. */
export type ScopeOf = (traced: Traced) => Promise<FoundScope | undefined>;

/** How far to look on each side, in segments of the map. */
const maxSegments = 40;

/**
 * Where the function at a place was called, if a minifier put its code into its caller: then the caller has no frame.
 * What stands beside the code in the bundle is the caller's, and one of its lines calls the function by name.
 * Undefined where the function begins in the bundle before the place: it is not inlined.
 */
export async function inlinedCaller(
  index: MapIndex,
  line: number,
  column: number,
  textOf: TextOf,
  scopeOf: ScopeOf,
): Promise<Traced | undefined> {
  const place = index.trace(line, column);
  const own = place && (await scopeOf(place));
  const name = own && calledName(own.name);
  if (!own || !name) return undefined;
  const isOwn = async (traced: Traced) => traced.source === place.source && (await scopeOf(traced))?.name === own.name;
  const before = [...index.traceBack(line, column, maxSegments)];
  const after = [...index.traceOn(line, column, maxSegments)];
  const left = await firstOther(before, isOwn);
  // The key of a method stands before its function, and is no caller.
  const isHead = left?.source === place.source && left.line === own.line;
  if (!left || isHead || before.slice(0, before.indexOf(left)).some((traced) => traced.line === own.line))
    return undefined;
  // Whose code stands right before or right after is the caller, if one of its lines near calls the function.
  for (const neighbour of [left, await firstOther(after, isOwn)]) {
    const scope = neighbour && ((await scopeOf(neighbour))?.name ?? '');
    if (!neighbour || scope === own.name) continue;
    const text = await textOf(neighbour.source);
    for (const traced of text ? [...before.slice(before.indexOf(left)), ...after] : []) {
      if (traced.source !== neighbour.source || ((await scopeOf(traced))?.name ?? '') !== scope) continue;
      if (text && calls(lineOf(text, traced.line), name)) return traced;
    }
  }
  return undefined;
}

async function firstOther(list: Traced[], isOwn: (traced: Traced) => Promise<boolean>): Promise<Traced | undefined> {
  for (const traced of list) if (!(await isOwn(traced))) return traced;
  return undefined;
}

/** An import may have a longer name: `libInvariant(` is a call of `invariant`. */
const calls = (line: string, name: string) => line.toLowerCase().includes(`${name.toLowerCase()}(`);

/** The name by which a function is called; callbacks and functions without one are not called by name. */
function calledName(name: string): string | undefined {
  return /^(?:[\w$]+\.)*([\w$]{2,})$/.exec(name)?.[1];
}

function lineOf({ text, starts }: SourceText, line: number): string {
  return text.slice(starts[line - 1] ?? 0, starts[line] ?? text.length).slice(0, 1_000);
}
