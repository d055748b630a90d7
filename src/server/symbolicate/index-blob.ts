/** Numbers in as few bytes each as the largest needs. */
export type Column = Uint8Array | Uint16Array | Uint32Array;

interface Layout {
  header: unknown;
  columns: { name: string; bytes: 1 | 2 | 4; length: number }[];
}

/** Columns begin at multiples of this, so that they can be read in place. */
const alignment = 8;

/** One blob: length of the JSON, the JSON, then column after column. */
export function blobFrom(header: unknown, columns: Record<string, ArrayLike<number>>): Uint8Array {
  const narrow = Object.entries(columns).map(([name, column]) => ({ name, column: narrowed(column) }));
  const layout: Layout = {
    header,
    columns: narrow.map(({ name, column }) => ({
      name,
      bytes: column.BYTES_PER_ELEMENT as 1 | 2 | 4,
      length: column.length,
    })),
  };
  const json = Buffer.from(JSON.stringify(layout));
  const start = aligned(4 + json.length);
  const blob = new Uint8Array(narrow.reduce((sum, { column }) => sum + aligned(column.byteLength), start));
  new DataView(blob.buffer).setUint32(0, json.length, true);
  blob.set(json, 4);
  let at = start;
  for (const { column } of narrow) {
    blob.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += aligned(column.byteLength);
  }
  return blob;
}

/** Views into the blob. Throws when it is none. */
export function columnsFrom(blob: Uint8Array): { header: unknown; columns: Record<string, Column> } {
  // Views need an aligned begin, which slices of a pool do not have.
  const bytes = blob.byteOffset % alignment === 0 ? blob : Uint8Array.from(blob);
  const jsonLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const layout = JSON.parse(Buffer.from(bytes.subarray(4, 4 + jsonLength)).toString()) as Layout;
  const columns: Record<string, Column> = {};
  let at = aligned(4 + jsonLength);
  for (const { name, bytes: width, length } of layout.columns) {
    columns[name] = viewOf(width, bytes.buffer, bytes.byteOffset + at, length);
    at += aligned(width * length);
  }
  return { header: layout.header, columns };
}

function viewOf(width: 1 | 2 | 4, buffer: ArrayBufferLike, at: number, length: number): Column {
  if (width === 1) return new Uint8Array(buffer, at, length);
  return width === 2 ? new Uint16Array(buffer, at, length) : new Uint32Array(buffer, at, length);
}

function narrowed(column: ArrayLike<number>): Column {
  let max = 0;
  for (let i = 0; i < column.length; i++) if ((column[i] ?? 0) > max) max = column[i] ?? 0;
  if (max < 0x100) return Uint8Array.from(column);
  return max < 0x10000 ? Uint16Array.from(column) : Uint32Array.from(column);
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
