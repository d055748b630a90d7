import { mapLimits } from './map-limits.ts';

/** Segments of generated code in order, as columns of numbers. All are 0-based. */
export interface Segments {
  count: number;
  /** Where each generated line begins in the columns below; one entry more than there are lines. */
  lineStarts: number[];
  generatedColumns: Uint32Array;
  /** Index of the source plus 1; 0 where the segment maps to nothing. */
  sources: Uint32Array;
  lines: Uint32Array;
  columns: Uint32Array;
  /** Index of the name plus 1; 0 where there is none. */
  names: Uint32Array;
}

interface Bounds {
  sources: number;
  names: number;
}

const digits = new Int8Array(128).fill(-1);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((char, value) => {
  digits[char.charCodeAt(0)] = value;
});
const comma = 44;
const semicolon = 59;
const maxValue = 0x7fffffff;

/**
 * Decodes the `mappings` of ECMA-426 into columns of numbers: the libraries make an array for each segment, which
 * costs a map of 10 MB over 100 MB of heap, and they take what the specification refuses. A segment that it refuses
 * is noted and left out. A broken number is thrown: all that follows is relative to it.
 */
export function decodeMappings(mappings: string, bounds: Bounds, note: (problem: string) => void): Segments {
  const segments = emptySegments(countSegments(mappings));
  // The running values: generated column, source, original line, original column, name.
  const state = new Float64Array(5);
  let fields = 0;
  let value = 0;
  let shift = 0;
  for (let i = 0; i <= mappings.length; i++) {
    const code = i < mappings.length ? mappings.charCodeAt(i) : semicolon;
    if (code === comma || code === semicolon) {
      if (shift > 0) throw new Error('mappings: a number is cut off');
      const isAfterComma = i > 0 && mappings.charCodeAt(i - 1) === comma;
      if (fields > 0) {
        if (!addSegment(segments, state, fields, bounds))
          note(`mappings: a segment of ${fields} fields is out of range`);
      } else if (code === comma || isAfterComma) note('mappings: empty segment');
      fields = 0;
      if (code === semicolon) endLine(segments, state);
      continue;
    }
    const digit = code < 128 ? (digits[code] ?? -1) : -1;
    if (digit < 0) throw new Error('mappings: holds what is no digit of base 64');
    // Zeros past bit 32 are legal, however many.
    if (shift < 25) value |= (digit & 31) << shift;
    else if (shift < 35) value += (digit & 31) * 2 ** shift;
    else if (digit & 31) throw new Error('mappings: a number exceeds 32 bits');
    shift += 5;
    if (digit & 32) continue;
    if (fields < 5) state[fields] = (state[fields] ?? 0) + signed(value);
    fields++;
    value = shift = 0;
  }
  return segments;
}

/** The lowest bit is the sign; minus nought stands for the number that has no positive. */
function signed(value: number): number {
  if (value > 2 * maxValue + 1) throw new Error('mappings: a number exceeds 32 bits');
  const half = Math.floor(value / 2);
  if (value % 2 === 0) return half;
  return half === 0 ? -maxValue - 1 : -half;
}

function countSegments(mappings: string): number {
  let count = 1;
  let lines = 1;
  for (let i = 0; i < mappings.length; i++) {
    const code = mappings.charCodeAt(i);
    if (code === comma) count++;
    else if (code === semicolon) lines++;
  }
  if (lines > mapLimits.lines) throw new Error(`more than ${mapLimits.lines} lines`);
  if (count + lines > mapLimits.segments) throw new Error(`more than ${mapLimits.segments} segments`);
  return count + lines;
}

function emptySegments(capacity: number): Segments {
  const column = () => new Uint32Array(capacity);
  return {
    count: 0,
    lineStarts: [0],
    generatedColumns: column(),
    sources: column(),
    lines: column(),
    columns: column(),
    names: column(),
  };
}

/** False when the segment is none that ECMA-426 allows. */
function addSegment(segments: Segments, state: Float64Array, fields: number, bounds: Bounds): boolean {
  // Destructuring would go through an iterator, for each of millions.
  const generatedColumn = state[0] ?? 0;
  const source = state[1] ?? 0;
  const line = state[2] ?? 0;
  const column = state[3] ?? 0;
  const name = state[4] ?? 0;
  if ((fields !== 1 && fields !== 4 && fields !== 5) || !isIn(generatedColumn)) return false;
  if (fields > 1 && !(isIn(source, bounds.sources) && isIn(line) && isIn(column))) return false;
  if (fields === 5 && !isIn(name, bounds.names)) return false;
  const at = segments.count++;
  segments.generatedColumns[at] = generatedColumn;
  if (fields === 1) return true;
  segments.sources[at] = source + 1;
  segments.lines[at] = line;
  segments.columns[at] = column;
  if (fields === 5) segments.names[at] = name + 1;
  return true;
}

function isIn(value: number, end = maxValue + 1): boolean {
  return value >= 0 && value < end;
}

function endLine(segments: Segments, state: Float64Array): void {
  sortLine(segments, segments.lineStarts.at(-1) ?? 0);
  segments.lineStarts.push(segments.count);
  state[0] = 0;
}

/** Deltas may be negative, so the segments of a line may stand in any order. Nearly all stand in theirs. */
function sortLine(segments: Segments, from: number): void {
  const { count, generatedColumns } = segments;
  let i = from + 1;
  while (i < count && (generatedColumns[i - 1] ?? 0) <= (generatedColumns[i] ?? 0)) i++;
  if (i >= count) return;
  const order = Array.from({ length: count - from }, (_, i) => from + i);
  order.sort((a, b) => (generatedColumns[a] ?? 0) - (generatedColumns[b] ?? 0));
  for (const column of [generatedColumns, segments.sources, segments.lines, segments.columns, segments.names]) {
    column.set(
      order.map((i) => column[i] ?? 0),
      from,
    );
  }
}
