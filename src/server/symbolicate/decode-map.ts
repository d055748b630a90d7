import { decodeMappings, type Segments } from './decode-mappings.ts';
import { mapLimits } from './map-limits.ts';
import type { ParsedMap, Section } from './parse-map.ts';

/** A map as one: sections put after each other, mappings decoded. */
export interface DecodedMap {
  segments: Segments;
  names: string[];
  sources: (string | null)[];
}

/** Decodes each section and lays it where it begins. */
export function decodeMap(parsed: ParsedMap, note: (problem: string) => void): DecodedMap {
  const decoded: DecodedMap = {
    segments: { ...decodeMappings('', { sources: 0, names: 0 }, note), lineStarts: [0] },
    names: [],
    sources: [],
  };
  const [first, second] = parsed.sections;
  const isWhole = first !== undefined && !second && first.line === 0 && first.column === 0;
  parsed.sections.forEach((section, i) => {
    const { map } = section;
    const segments = decodeMappings(map.mappings, { sources: map.sources.length, names: map.names.length }, note);
    if (isWhole) decoded.segments = segments;
    else append(decoded, segments, section, parsed.sections[i + 1]);
    for (const source of map.sources) decoded.sources.push(source);
    for (const name of map.names) decoded.names.push(name);
    if (decoded.sources.length > mapLimits.sources) throw new Error(`more than ${mapLimits.sources} sources`);
    if (decoded.names.length > mapLimits.names) throw new Error(`more than ${mapLimits.names} names`);
  });
  if (!isWhole) decoded.segments.lineStarts.push(decoded.segments.count);
  return decoded;
}

/** Columns of the first line are relative to the section; what reaches past the next section is not its. */
function append(decoded: DecodedMap, from: Segments, section: Section, next: Section | undefined): void {
  const to = grow(decoded.segments, from.count);
  decoded.segments = to;
  for (let line = 0; line < from.lineStarts.length - 1; line++) {
    const toLine = section.line + line;
    if (next && toLine > next.line) return;
    closeLines(to, toLine);
    const end = from.lineStarts[line + 1] ?? 0;
    for (let at = from.lineStarts[line] ?? 0; at < end; at++) {
      const column = (from.generatedColumns[at] ?? 0) + (line === 0 ? section.column : 0);
      if (next?.line === toLine && column >= next.column) break;
      const source = from.sources[at] ?? 0;
      const name = from.names[at] ?? 0;
      to.generatedColumns[to.count] = column;
      to.sources[to.count] = source && source + decoded.sources.length;
      to.lines[to.count] = from.lines[at] ?? 0;
      to.columns[to.count] = from.columns[at] ?? 0;
      to.names[to.count] = name && name + decoded.names.length;
      to.count++;
    }
  }
}

/** `lineStarts` holds the begin of the current line too; all before `line` end here. */
function closeLines(segments: Segments, line: number): void {
  if (line > mapLimits.lines) throw new Error(`more than ${mapLimits.lines} lines`);
  while (segments.lineStarts.length <= line) segments.lineStarts.push(segments.count);
}

function grow(segments: Segments, more: number): Segments {
  const needed = segments.count + more;
  if (needed > mapLimits.segments) throw new Error(`more than ${mapLimits.segments} segments`);
  if (needed <= segments.generatedColumns.length) return segments;
  const enlarged = (column: Uint32Array) => {
    const copy = new Uint32Array(Math.max(needed, 2 * column.length));
    copy.set(column.subarray(0, segments.count));
    return copy;
  };
  return {
    ...segments,
    generatedColumns: enlarged(segments.generatedColumns),
    sources: enlarged(segments.sources),
    lines: enlarged(segments.lines),
    columns: enlarged(segments.columns),
    names: enlarged(segments.names),
  };
}
