/** Takes away the indentation that all lines have in common: what matters of deep code fits on a phone. */
export function cutIndent(lines: string[]): { lines: string[]; cut: number } {
  const widths = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
  const cut = widths.length ? Math.min(...widths) : 0;
  return { lines: lines.map((line) => line.slice(cut)), cut };
}
