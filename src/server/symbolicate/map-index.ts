import { columnsFrom, type Column } from './index-blob.ts';
import { functionIn, scopeIn, type FoundScope, upperBound, type Range } from './function-in.ts';

/** Raised when the layout changes: indexes of another version are made anew. */
export const indexVersion = 2;

/** Where a place in a bundle comes from. Line and column are 1-based. */
export interface Traced {
  source: number;
  line: number;
  column: number;
  /** What the map calls it: unreliable, the last resort. */
  name: string | undefined;
}

export interface IndexedSource {
  /** As the map names it, with `sourceRoot`. */
  source: string | null;
  /** Normalized. */
  path: string;
  inApp: boolean;
  /** Hash of its text in the store; null when the map brought none. */
  content: string | null;
  /**
   * Slice of the scope columns; null when the text was missing or could not be parsed. Packages are most of a map and
   * few of them ever throw: theirs are read later, when a frame leads there.
   */
  scopes: Range | 'later' | null;
}

/** The part of an index that is text. */
export interface IndexHeader {
  version: number;
  debugId: string | null;
  sources: IndexedSource[];
  names: string[];
  scopeNames: string[];
  /** Slice of the scope columns that holds the bundle's own functions, with generated positions. */
  bundleScopes: Range | null;
  problems: string[];
}

/**
 * One source map, ready for look-ups: sorted columns of numbers and a little text. Made once by `buildIndex`, read
 * from the bytes without decoding anything.
 */
export class MapIndex {
  readonly header: IndexHeader;
  /** What it holds in memory. */
  readonly bytes: number;
  readonly #columns: Record<string, Column>;

  constructor(blob: Uint8Array) {
    const { header, columns } = columnsFrom(blob);
    this.header = header as IndexHeader;
    this.#columns = columns;
    // The text takes two bytes a character at most, and something for each string.
    this.bytes = 2 * blob.byteLength;
  }

  get lineCount(): number {
    return this.#column('lineStarts').length - 1;
  }

  /**
   * The original place of a generated one, both 1-based. Undefined where the map has none: before the first segment
   * of a line, in what the bundler made up, past the end.
   */
  trace(line: number, column: number): Traced | undefined {
    return this.#tracedAt(this.#segmentAt(line - 1, column - 1));
  }

  /**
   * The place of the segment that begins one column further, if none begins here. WebKit points between an object and
   * the dot: `cart.items|.length` broke at `length`, which may come from another line than `items`.
   */
  traceNext(line: number, column: number): Traced | undefined {
    const columns = this.#column('generatedColumns');
    const next = this.#segmentAt(line - 1, column);
    const isHere = columns[this.#segmentAt(line - 1, column - 1)] === column - 1;
    return !isHere && columns[next] === column ? this.#tracedAt(next) : undefined;
  }

  /** The places of the segments that follow in the same line, at most `count`. */
  *traceOn(line: number, column: number, count: number): Generator<Traced> {
    const end = this.#column('lineStarts')[line] ?? 0;
    const from = this.#segmentAt(line - 1, column - 1) + 1;
    if (from === 0) return;
    for (let at = from; at < Math.min(end, from + count); at++) {
      const traced = this.#tracedAt(at);
      if (traced) yield traced;
    }
  }

  /** The places of the segments before the place in its line, nearest first, at most `count`. */
  *traceBack(line: number, column: number, count: number): Generator<Traced> {
    const from = this.#segmentAt(line - 1, column - 1) - 1;
    const end = Math.max(this.#column('lineStarts')[line - 1] ?? 0, from - count);
    for (let at = from; at >= end; at--) {
      const traced = this.#tracedAt(at);
      if (traced) yield traced;
    }
  }

  #tracedAt(at: number): Traced | undefined {
    const source = this.#column('sources')[at] ?? 0;
    if (at < 0 || source === 0) return undefined;
    return {
      source: source - 1,
      line: (this.#column('lines')[at] ?? 0) + 1,
      column: (this.#column('columns')[at] ?? 0) + 1,
      name: this.#nameOf(at),
    };
  }

  /** The function around an original place, 1-based: '' outside of all, undefined when it is not known (yet). */
  functionAt(source: number, line: number, column: number): string | undefined {
    const range = this.header.sources[source]?.scopes;
    return range && range !== 'later' ? this.#scopeIn(range, line, column) : undefined;
  }

  /** The same, with its begin; undefined outside of all functions too. */
  scopeAt(source: number, line: number, column: number): FoundScope | undefined {
    const range = this.header.sources[source]?.scopes;
    return range && range !== 'later' ? scopeIn(this.#scopes(), range, line, column) : undefined;
  }

  /** The function around a place in the bundle, by the bundle's own text. */
  bundleFunctionAt(line: number, column: number): string | undefined {
    const range = this.header.bundleScopes;
    return range ? this.#scopeIn(range, line, column) : undefined;
  }

  /** The last segment of the line at or before the column; of equals the first. */
  #segmentAt(line: number, column: number): number {
    const starts = this.#column('lineStarts');
    if (line < 0 || line >= starts.length - 1) return -1;
    const columns = this.#column('generatedColumns');
    const from = starts[line] ?? 0;
    const end = upperBound(from, starts[line + 1] ?? 0, (at) => (columns[at] ?? 0) <= column);
    if (end === from) return -1;
    let at = end - 1;
    while (at > from && columns[at - 1] === columns[at]) at--;
    return at;
  }

  #scopeIn(range: Range, line: number, column: number): string {
    return functionIn(this.#scopes(), range, line, column);
  }

  #scopes() {
    const [lines, columns, ids] = [this.#column('scopeLines'), this.#column('scopeColumns'), this.#column('scopeIds')];
    return { names: this.header.scopeNames, lines, columns, ids };
  }

  /** Few segments have names: they stand in a list of their own. */
  #nameOf(segment: number): string | undefined {
    const named = this.#column('namedSegments');
    const at = upperBound(0, named.length, (at) => (named[at] ?? 0) <= segment) - 1;
    return at >= 0 && named[at] === segment ? this.header.names[this.#column('nameIds')[at] ?? 0] : undefined;
  }

  #column(name: string): Column {
    return this.#columns[name] ?? new Uint32Array();
  }
}
