/** Lines of source around a failing one. */
export interface SourceContext {
  /** Number of the first of `lines`, 1-based. */
  first: number;
  lines: string[];
}

const around = 5;
const maxLine = 300;

/** A source's text with the begin of each line, so that lines are cut out without splitting all of it. */
export interface SourceLines {
  text: string;
  starts: Uint32Array;
}

export function sourceLines(text: string): SourceLines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return { text, starts: Uint32Array.from(starts) };
}

/** Five lines before, the line itself, five after; undefined when there is no such line. */
export function contextLines(source: SourceLines, line: number, column: number): SourceContext | undefined {
  const count = source.starts.length;
  if (line < 1 || line > count) return undefined;
  const first = Math.max(1, line - around);
  const last = Math.min(count, line + around);
  const lines: string[] = [];
  for (let at = first; at <= last; at++) lines.push(cut(lineAt(source, at), at === line ? column : 1));
  return { first, lines };
}

function lineAt({ text, starts }: SourceLines, line: number): string {
  const end = line < starts.length ? (starts[line] ?? 0) - 1 : text.length;
  const from = starts[line - 1] ?? 0;
  return text.slice(from, text.charCodeAt(end - 1) === 13 && end > from ? end - 1 : end);
}

/** A line of a library that is minified itself: the part around the column. */
function cut(line: string, column: number): string {
  if (line.length <= maxLine) return line;
  const from = Math.max(0, Math.min(column - maxLine / 2, line.length - maxLine));
  const part = line.slice(from, from + maxLine);
  return `${from > 0 ? '…' : ''}${part}${from + maxLine < line.length ? '…' : ''}`;
}
