import type { WordsTerm } from './search-terms.ts';

/** A text as the index of words cuts it: letters and digits, without case and accents. */
export function tokensOf(text: string): string[] {
  // Of plain letters, as nearly all are, it says the same without the detour.
  const plain = /^[\0-\x7f]*$/.test(text) ? text : text.normalize('NFD').replace(/\p{M}/gu, '');
  return plain
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** Whether words stand in one of the texts of something, which are given as tokens. The answer is that of the index. */
export function createWordsMatch({ words }: WordsTerm): (texts: string[][]) => boolean {
  const tokens = tokensOf(words.join(' '));
  return (texts) => texts.some((text) => holds(text, tokens));
}

/** The tokens follow one another somewhere, the last of them as the beginning of a word. */
function holds(text: string[], tokens: string[]): boolean {
  const last = tokens.length - 1;
  return text.some((_, from) =>
    tokens.every((token, index) => {
      const word = text[from + index];
      return word !== undefined && (index === last ? word.startsWith(token) : word === token);
    }),
  );
}
