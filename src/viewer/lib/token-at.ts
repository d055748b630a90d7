import type { Token } from './highlight.ts';

/** Index of the token that stands at a column (0-based); -1 if none does. */
export function tokenAt(tokens: Token[], column: number): number {
  let end = 0;
  return tokens.findIndex(({ text }) => (end += text.length) > column && column >= 0);
}
