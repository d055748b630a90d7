/** A line of text: some words, and JSON as bytes. */
export interface Line {
  /** Ends where the JSON begins; ASCII. */
  head: string;
  json: Uint8Array;
}

const lineBreak = 10;

/** The lines, with a break between them. */
export function joinLines(lines: Line[]): Buffer {
  return writeLines(lines, Buffer.allocUnsafeSlow(sizeOf(lines)));
}

/** Bytes outside of V8's heap, given back by its collector: for a megabyte now and then it looks through the whole heap. */
let shared = Buffer.alloc(0);

/** The same, in memory that the next call uses again. */
export function joinLinesBriefly(lines: Line[]): Buffer {
  const size = sizeOf(lines);
  if (shared.length < size) shared = Buffer.allocUnsafeSlow(Math.max(size, 2 * shared.length));
  const text = writeLines(lines, shared);
  if (shared.length > maxShared) shared = Buffer.alloc(0);
  return text;
}

const maxShared = 4_000_000;

const sizeOf = (lines: Line[]) => lines.reduce((sum, { head, json }) => sum + head.length + json.length + 1, 0);

function writeLines(lines: Line[], text: Buffer): Buffer {
  let at = 0;
  for (const { head, json } of lines) {
    at += text.write(head, at, 'latin1');
    text.set(json, at);
    at += json.length;
    text[at++] = lineBreak;
  }
  return text.subarray(0, Math.max(0, at - 1));
}

/** The lines of a text, as parts of it. */
export function splitLines(text: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from <= text.length;) {
    const end = text.indexOf(lineBreak, from);
    lines.push(text.subarray(from, end < 0 ? text.length : end));
    if (end < 0) break;
    from = end + 1;
  }
  return lines;
}

/** The number that a line of a block begins with; 0 for no line. */
export const seqOf = (line: Buffer | undefined): number => parseInt(line?.toString('latin1', 0, 20) ?? '') || 0;

/** The JSON that a line of a block ends with: what stands before it, has no brace. */
export const jsonOf = (line: Buffer): Buffer => line.subarray(line.indexOf(brace));

const brace = 123;

export const textOf = (json: Uint8Array): string => Buffer.from(json.buffer, json.byteOffset, json.length).toString();
