/** A piece of a line; `type` names its colour, empty for plain text. */
export interface Token {
  type: string;
  text: string;
}

export type Highlight = (lines: string[]) => Token[][];

export const plain: Highlight = (lines) => lines.map((text) => [{ type: '', text }]);

/** A line of a bundle would cost more time than its colours are worth. */
const maxCharacters = 20_000;

/** Loads the highlighter when there is something to colour; what it cannot read stays plain. */
export async function loadHighlight(): Promise<Highlight> {
  const [{ parse }, { tokenize }] = await Promise.all([
    import('sugar-high/core'),
    import('sugar-high/lang/typescript'),
  ]);
  return (lines) => {
    const code = lines.join('\n');
    if (code.length > maxCharacters) return plain(lines);
    try {
      const parsed = parse(code, { tokenize }).lines.map(({ tokens }) =>
        tokens.map(({ type, value }) => ({ type, text: value })),
      );
      // The source is shown as it is, or without colours.
      const isWhole = lines.every((line, at) => parsed[at]?.map(({ text }) => text).join('') === line);
      return isWhole ? parsed : plain(lines);
    } catch {
      return plain(lines);
    }
  };
}
