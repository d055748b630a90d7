import { decodeBody, encodeBody } from './body.ts';
import type { Database } from './database.ts';
import type { Dictionaries } from './dictionaries.ts';
import { joinLinesBriefly } from './lines.ts';

/** Bodies of events, many together: what they have in common is then stored once. */
export interface Blocks {
  /** Answers with the block of each, in order. To be called in a transaction. */
  write(events: { seq: number; json: Uint8Array }[]): number[];
  /** Throws when it is damaged; undefined when it is not there. */
  read(block: number, seq: number): string | undefined;
  /** Takes these out. To be called in a transaction. */
  cutOut(block: number, seqs: ReadonlySet<number>): void;
}

/** Of a block: more compresses better, and costs more for reading one event. */
const blockBytes = 192_000;
/** A list of an issue's events has its neighbours in the same blocks. */
const keptTexts = 8;

export function createBlocks(database: Database, dictionaries: Dictionaries): Blocks {
  // As bytes: to make characters of all of it takes longer than to find one line.
  const texts = new Map<number, Buffer>();
  const textOf = (block: number) => {
    const known = texts.get(block);
    if (known !== undefined) return known;
    const row = database.get('SELECT encoding, body FROM blocks WHERE id = ?', block);
    if (!row) return undefined;
    const text = decodeBody(Number(row['encoding']), row['body'] as Uint8Array, dictionaries);
    if (texts.size >= keptTexts) texts.delete(texts.keys().next().value ?? 0);
    texts.set(block, text);
    return text;
  };
  const writeBlock = (events: { seq: number; json: Uint8Array }[]) => {
    const lastSeq = events.reduce((last, { seq }) => Math.max(last, seq), 0);
    const { encoding, body } = encodeBody(
      joinLinesBriefly(events.map(({ seq, json }) => ({ head: `${seq} `, json }))),
      dictionaries,
    );
    return database.run('INSERT INTO blocks (last_seq, encoding, body) VALUES (?, ?, ?)', lastSeq, encoding, body)
      .lastId;
  };

  return {
    write(events) {
      const ids: number[] = [];
      for (let from = 0; from < events.length;) {
        let to = from;
        let bytes = 0;
        while (to < events.length && (to === from || bytes < blockBytes)) bytes += events[to++]?.json.length ?? 0;
        const id = writeBlock(events.slice(from, to));
        for (; from < to; from++) ids.push(id);
      }
      return ids;
    },
    read(block, seq) {
      const wasKnown = texts.has(block);
      const line = lineIn(textOf(block), seq);
      if (line !== undefined || !wasKnown) return line;
      // It may have been written anew since.
      texts.delete(block);
      return lineIn(textOf(block), seq);
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

/** The JSON of an event in the text of a block. */
function lineIn(text: Buffer | undefined, seq: number): string | undefined {
  if (!text) return undefined;
  const mark = `${seq} `;
  const startsAt = (at: number) => text.toString('latin1', at, at + mark.length) === mark;
  const start = startsAt(0) ? 0 : text.indexOf(`\n${mark}`) + 1;
  if (!startsAt(start)) return undefined;
  const end = text.indexOf('\n', start);
  return text.toString('utf8', start + mark.length, end < 0 ? undefined : end);
}
