import { isAfterDot, isProperty, lineAt, textAt, type SourceText } from './context-lines.ts';
import type { MapIndex, Traced } from './map-index.ts';

/** Text of a source that the map brought along. */
export type TextOf = (source: number) => Promise<SourceText | undefined>;

/** How far from the begin of a statement the property that broke may be. */
const maxSegments = 60;
const maxLines = 40;
/** How many brackets close before the next function begins. */
const maxEnds = 8;

/**
 * The author's place of a place in the bundle, 1-based. Engines point to different ends of what broke, and minifiers put
 * parts of several lines into one expression, so the ends may come from different lines: V8 points to the property,
 * WebKit to the end of what stands before its dot, SpiderMonkey to the begin of the statement. `property` is the name
 * that SpiderMonkey's message tells; `fits` says of a line whether it can have caused the message at all.
 */
export async function traceFrame(
  index: MapIndex,
  line: number,
  column: number,
  textOf: TextOf,
  { property, fits }: Expected = {},
): Promise<Traced | undefined> {
  const traced = await tracePlace(index, line, column, textOf, property);
  const text = fits && traced && (await textOf(traced.source));
  if (!fits || !traced || !text || fits(lineAt(text, traced.line))) return traced;
  const own = index.functionAt(traced.source, traced.line, traced.column);
  for (const place of [...index.traceOn(line, column, maxSegments), ...index.traceBack(line, column, maxSegments)]) {
    if (place.source !== traced.source || Math.abs(place.line - traced.line) > maxLines) continue;
    if (index.functionAt(place.source, place.line, place.column) !== own) continue;
    if (fits(lineAt(text, place.line))) return place;
  }
  return traced;
}

/** What an error's message lets expect of the line that threw it. */
export interface Expected {
  property?: string | undefined;
  fits?: ((line: string) => boolean) | undefined;
}

async function tracePlace(
  index: MapIndex,
  line: number,
  column: number,
  textOf: TextOf,
  property: string | undefined,
): Promise<Traced | undefined> {
  const next = index.traceNext(line, column);
  if (next) {
    const text = await textOf(next.source);
    if (text && isAfterDot(text, next.line, next.column)) return next;
  }
  const traced = index.trace(line, column);
  if (!traced) return undefined;
  const text = await textOf(traced.source);
  if (text && declares.test(textAt(text, traced.line, traced.column))) {
    return endBefore(index, line, column, traced, text) ?? traced;
  }
  if (property === undefined) return traced;
  return (await findProperty(index, line, column, traced, text, property)) ?? traced;
}

/** No call and no error comes from a declaration itself. */
const declares = /^(?:export\s+(?:default\s+)?)?(?:async\s+)?(?:function|class)\b/;
const onlyEnds = /^[\s})\];,]*$/;

/** WebKit points behind the last call of a function: with what a minifier put next, that is another function. */
function endBefore(index: MapIndex, line: number, column: number, from: Traced, text: SourceText): Traced | undefined {
  for (const place of index.traceBack(line, column, maxEnds)) {
    if (place.source !== from.source || index.functionAt(place.source, place.line, place.column) === '') continue;
    if (!onlyEnds.test(lineAt(text, place.line))) return place;
  }
  return undefined;
}

/** The first property of this name behind the place, in the same function. */
async function findProperty(
  index: MapIndex,
  line: number,
  column: number,
  from: Traced,
  text: SourceText | undefined,
  property: string,
): Promise<Traced | undefined> {
  if (!text || isProperty(text, from.line, from.column, property)) return undefined;
  const own = index.functionAt(from.source, from.line, from.column);
  for (const place of index.traceOn(line, column, maxSegments)) {
    if (place.source !== from.source || Math.abs(place.line - from.line) > maxLines) continue;
    if (!isProperty(text, place.line, place.column, property)) continue;
    if (index.functionAt(place.source, place.line, place.column) === own) return place;
  }
  return undefined;
}

/** The property that SpiderMonkey could not reach, by its words: `can't access property "name", user is null`. */
export function propertyOf(message: string): string | undefined {
  return /^can't access property "([^"]{1,100})"/.exec(message)?.[1];
}
