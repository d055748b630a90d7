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

/** The function around a place, 1-based; '' outside of all. */
export function functionIn(scopes: ScopeColumns, [from, to]: Range, line: number, column: number): string {
  const { lines, columns } = scopes;
  const end = upperBound(from, to, (at) => {
    const start = (lines[at] ?? 0) + 1;
    return start < line || (start === line && (columns[at] ?? 0) < column);
  });
  return end === from ? '' : (scopes.names[scopes.ids[end - 1] ?? 0] ?? '');
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
