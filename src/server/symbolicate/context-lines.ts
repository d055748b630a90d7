import type { SourceContext } from '../../protocol/api.ts';

const around = 5;
const maxLine = 300;

/** A source's text with the begin of each line, so that lines are cut out without splitting all of it. */
export interface SourceText {
  text: string;
  starts: Uint32Array;
}

export function sourceText(text: string): SourceText {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return { text, starts: Uint32Array.from(starts) };
}

/** The line itself and five around it on each side; undefined when there is no such line. Line and column are 1-based. */
export function contextLines(source: SourceText, line: number, column: number): SourceContext | undefined {
  const count = source.starts.length;
  if (line < 1 || line > count) return undefined;
  const lines = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => cut(lineAt(source, from + i), 1));
  return {
    before: lines(Math.max(1, line - around), line),
    line: cut(lineAt(source, line), column),
    after: lines(line + 1, Math.min(count, line + around) + 1),
  };
}

/** Whether the place stands after a dot: it is a property, and what broke is what stands before the dot. */
export function isAfterDot(source: SourceText, line: number, column: number): boolean {
  const place = (source.starts[line - 1] ?? 0) + column - 1;
  return /\.\s*$/.test(source.text.slice(Math.max(0, place - 100), place));
}

/** Whether a property of this name is read or called at the place. */
export function isProperty(source: SourceText, line: number, column: number, name: string): boolean {
  const place = (source.starts[line - 1] ?? 0) + column - 1;
  return (
    source.text.startsWith(name, place) &&
    !/[\w$]/.test(source.text.charAt(place + name.length)) &&
    isAfterDot(source, line, column)
  );
}

/** What stands at a place, as far as its kind can be told from. 1-based. */
export function textAt({ text, starts }: SourceText, line: number, column: number): string {
  const place = (starts[line - 1] ?? 0) + column - 1;
  return text.slice(place, place + 100);
}

/** One line as it is written. 1-based. */
export function lineAt({ text, starts }: SourceText, line: number): string {
  const from = starts[line - 1] ?? 0;
  const end = line < starts.length ? (starts[line] ?? 0) - 1 : text.length;
  return text.slice(from, end).replace(/\r$/, '');
}

/** Of a line of a library that is minified itself, the part around the column. */
function cut(line: string, column: number): string {
  if (line.length <= maxLine) return line;
  const from = Math.max(0, Math.min(column - maxLine / 2, line.length - maxLine));
  const part = line.slice(from, from + maxLine);
  return `${from > 0 ? '…' : ''}${part}${from + maxLine < line.length ? '…' : ''}`;
}
