/** A wording, cut at its holes: text that must occur in this order, from the first character to the last. */
export type Pieces = string[];

/** What stands in the holes, or undefined. Each piece is looked for once, from the left: no way back, no blow-up. */
export function holesOf(text: string, pieces: Pieces): string[] | undefined {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return text === first ? [] : undefined;
  const end = text.length - last.length;
  if (!text.startsWith(first) || end < first.length || !text.endsWith(last)) return undefined;
  const holes: string[] = [];
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const next = text.indexOf(piece, at);
    if (next < 0 || next + piece.length > end) return undefined;
    holes.push(text.slice(at, next));
    at = next + piece.length;
  }
  holes.push(text.slice(at, end));
  return holes;
}

/** Whether a text is as the pattern says: `*` stands for anything, capital letters do not matter. Takes linear time. */
export const isLike = (text: string, pattern: string): boolean =>
  holesOf(text.toLowerCase(), pattern.toLowerCase().split('*')) !== undefined;
