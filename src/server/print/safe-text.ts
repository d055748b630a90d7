/** What a terminal obeys instead of showing: C0 and C1 controls, and marks that turn the writing direction. */
const obeyed = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text of a stranger in one line, with what a terminal would obey written out: an escape sequence is an attack. */
export const safeText = (text: string): string =>
  text.replace(/\r?\n|\t/g, ' ').replace(obeyed, (character) => (character === '\u001B' ? '\\e' : escaped(character)));

/** JSON in one line that a terminal obeys nowhere either; it reads as the same value. */
export const safeJson = (value: unknown): string => JSON.stringify(value).replace(obeyed, escaped);
