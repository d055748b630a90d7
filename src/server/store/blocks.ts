import { decodeBlock, decodeBody, encodeBody, settled } from './body.ts';
import type { Database } from './database.ts';
import type { Dictionaries } from './dictionaries.ts';
import { joinLinesBriefly, jsonOf, type Line } from './lines.ts';

/** Bodies of events, many together: what they have in common is then stored once. */
export interface Blocks {
  /** Lines begin with the number of their event, and end with its JSON. Answers with the block of each. In a transaction. */
  write(lines: NumberedLine[]): number[];
  /** The first block, of those from `first` on, that has something behind an event. */
  following(seq: number, first: number): { block: number; text: Buffer } | undefined;
  /** Throws when it is damaged; undefined when it is not there. */
  read(block: number, seq: number): string | undefined;
  /** The JSON by seq of those that are there, if they are in many blocks: these are unpacked beside one another. */
  readMany(events: { block: number; seq: number }[]): Promise<Map<number, string>>;
  /** Takes these out. To be called in a transaction. */
  cutOut(block: number, seqs: ReadonlySet<number>): void;
}

export type NumberedLine = Line & { seq: number };

/** Of a block: more compresses better, and costs more for reading one event. */
const blockBytes = 192_000;
/** A list of an issue's events has its neighbours in the same blocks. */
const keptTexts = 8;
/** Twice as many as there are threads for it (`cli/serve.ts`): these need not wait for what is done with a text. */
const unpackedAtOnce = 4;

export function createBlocks(database: Database, dictionaries: Dictionaries): Blocks {
  // As bytes: to make characters of all of it takes longer than to find one line.
  const texts = new Map<number, Buffer>();
  const stored = (block: number) => {
    const row = database.get('SELECT encoding, body FROM blocks WHERE id = ?', block);
    return row && { encoding: Number(row['encoding']), body: row['body'] as Uint8Array };
  };
  const textOf = (block: number) => {
    const known = texts.get(block);
    if (known !== undefined) return known;
    const found = stored(block);
    if (!found) return undefined;
    const text = decodeBody(found.encoding, found.body, dictionaries);
    if (texts.size >= keptTexts) texts.delete(texts.keys().next().value ?? 0);
    texts.set(block, text);
    return text;
  };
  const unpack = async (block: number) => {
    const found = stored(block);
    // Whoever reads one event of a damaged block learns of it.
    return found && decodeBlock(found.encoding, found.body, dictionaries).catch(() => undefined);
  };
  const writeBlock = (lines: NumberedLine[]) => {
    const { encoding, body } = encodeBody(joinLinesBriefly(lines), dictionaries);
    const lastSeq = lines.at(-1)?.seq ?? 0;
    return database.run('INSERT INTO blocks (last_seq, encoding, body) VALUES (?, ?, ?)', lastSeq, encoding, body)
      .lastId;
  };

  return {
    write(lines) {
      const ids: number[] = [];
      for (let from = 0; from < lines.length;) {
        let to = from;
        let bytes = 0;
        while (to < lines.length && (to === from || bytes < blockBytes)) bytes += lines[to++]?.json.length ?? 0;
        const id = writeBlock(lines.slice(from, to));
        for (; from < to; from++) ids.push(id);
      }
      return ids;
    },
    following(seq, first) {
      const row = database.get(
        `SELECT id, encoding, body FROM blocks WHERE encoding <> ${settled} AND id >= ? AND last_seq > ? ORDER BY id LIMIT 1`,
        first,
        seq,
      );
      if (!row) return undefined;
      const text = decodeBody(Number(row['encoding']), row['body'] as Uint8Array, dictionaries);
      return { block: Number(row['id']), text };
    },
    read(block, seq) {
      const wasKnown = texts.has(block);
      const line = lineIn(textOf(block), seq);
      if (line !== undefined || !wasKnown) return line;
      // It may have been written anew since.
      texts.delete(block);
      return lineIn(textOf(block), seq);
    },
    async readMany(events) {
      const lines = new Map<number, string>();
      const ofBlocks = new Map<number, number[]>();
      for (const { block, seq } of events) {
        const seqs = ofBlocks.get(block);
        if (seqs) seqs.push(seq);
        else ofBlocks.set(block, [seq]);
      }
      if (ofBlocks.size <= keptTexts) return lines;
      const waiting = ofBlocks.entries();
      const work = async () => {
        for (const [block, seqs] of waiting) {
          const text = await unpack(block);
          for (const seq of seqs) {
            const line = lineIn(text, seq);
            if (line !== undefined) lines.set(seq, line);
          }
        }
      };
      await Promise.all(Array.from({ length: unpackedAtOnce }, work));
      return lines;
    },
    cutOut(block, seqs) {
      texts.delete(block);
      const lines = (textOf(block)?.toString() ?? '').split('\n').filter((line) => !seqs.has(parseInt(line)));
      texts.delete(block);
      if (lines.length === 0) return void database.run('DELETE FROM blocks WHERE id = ?', block);
      const { encoding, body } = encodeBody(Buffer.from(lines.join('\n')), dictionaries);
      database.run('UPDATE blocks SET encoding = ?, body = ? WHERE id = ?', encoding, body, block);
    },
  };
}

const [lineBreak, tab, space] = [10, 9, 32];
const isBehindNumber = (byte: number | undefined) => byte === tab || byte === space;

/** The JSON of an event in the text of a block. From line to line: to look for its number everywhere takes eight times as long. */
function lineIn(text: Buffer | undefined, seq: number): string | undefined {
  const mark = Buffer.from(String(seq));
  const isMark = (start: number) => mark.every((byte, at) => text?.[start + at] === byte);
  for (let start = 0; text && start < text.length;) {
    const next = text.indexOf(lineBreak, start);
    const end = next < 0 ? text.length : next;
    if (isMark(start) && isBehindNumber(text[start + mark.length])) return jsonOf(text.subarray(start, end)).toString();
    start = end + 1;
  }
  return undefined;
}
