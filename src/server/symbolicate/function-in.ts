/** Slice of the columns of a scope table. */
export type Range = [from: number, to: number];

/** Places from which on another function is the innermost, in order. 0-based. */
export interface ScopeColumns {
  names: readonly string[];
  lines: ArrayLike<number>;
  columns: ArrayLike<number>;
  /** Indexes into `names`. */
  ids: ArrayLike<number>;
}

/** A function around a place, and the line on which it begins, or its part behind another function within it. */
export interface FoundScope {
  name: string;
  line: number;
}

/** The function around a place, 1-based; '' outside of all. */
export const functionIn = (scopes: ScopeColumns, range: Range, line: number, column: number): string =>
  scopeIn(scopes, range, line, column)?.name ?? '';

/** The same with its begin; undefined outside of all. */
export function scopeIn(scopes: ScopeColumns, [from, to]: Range, line: number, column: number): FoundScope | undefined {
  const { lines, columns } = scopes;
  const end = upperBound(from, to, (at) => {
    const start = (lines[at] ?? 0) + 1;
    return start < line || (start === line && (columns[at] ?? 0) < column);
  });
  const at = end - 1;
  return at < from ? undefined : { name: scopes.names[scopes.ids[at] ?? 0] ?? '', line: (lines[at] ?? 0) + 1 };
}

/** First index in `from..to` for which `isBefore` is false. */
export function upperBound(from: number, to: number, isBefore: (at: number) => boolean): number {
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (isBefore(middle)) from = middle + 1;
    else to = middle;
  }
  return from;
}
