import { constants, zstdCompress } from 'node:zlib';
import { promisify } from 'node:util';
import { decodeBody, settled } from './body.ts';
import type { Database, Row } from './database.ts';
import type { Dictionaries } from './dictionaries.ts';
import { giveSpaceBack } from './give-space-back.ts';
import { joinLines, jsonOf, seqOf, splitLines } from './lines.ts';
import type { Settling } from './store.ts';

/** Bytes of JSON of one step, and blocks. */
const [stepBytes, stepBlocks] = [4_000_000, 200];
/** From 256 kB on, zstd looks for what is alike with larger tables; twice as much would save one byte of a hundred. */
const blockBytes = 480_000;
/** Takes some 400 us an event, in a thread of zlib's; 15 takes half of that, and leaves 20 bytes an event more; 19 saves 6. */
const params = { [constants.ZSTD_c_compressionLevel]: 17 };
const compress = promisify(zstdCompress);

/** A block as it was read, or as it will be written. */
interface Block {
  id: number;
  encoding: number;
  body: Uint8Array;
  text: Buffer;
}

interface StoredLine {
  seq: number;
  issue: number;
  line: Buffer;
}

/**
 * What was appended in a hurry is written once more, once: events of one issue side by side, those of more than one
 * transaction, compressed as well as can be. It keeps the numbers of blocks, which are in the order of time.
 */
export function createSettling(database: Database, dictionaries: Dictionaries): Settling {
  // A block that is damaged must not stop those that follow.
  let from = 0;
  const readFresh = () => {
    const rows = database.all(
      `SELECT id, encoding, body FROM blocks WHERE encoding <> ${settled} AND id > ?
       AND last_seq <= (SELECT seq FROM digest_progress) ORDER BY id LIMIT ?`,
      from,
      stepBlocks,
    );
    const blocks: Block[] = [];
    for (let bytes = 0, nth = 0; nth < rows.length && bytes < stepBytes; nth++) {
      const block = readBlock(rows[nth] as Row, dictionaries);
      if (!block) {
        if (blocks.length === 0) from = Number(rows[nth]?.['id']);
        break;
      }
      blocks.push(block);
      bytes += block.text.length;
    }
    return blocks;
  };
  return {
    async step() {
      const before = from;
      const blocks = readFresh();
      const lines = linesOf(database, blocks);
      const bytes = lines.reduce((sum, { line }) => sum + line.length, 0);
      if (bytes < blockBytes) return from > before || giveSpaceBack(database);
      const parts = cut(lines, Math.min(blocks.length, Math.round(bytes / blockBytes)));
      const bodies: Buffer[] = [];
      for (const part of parts) {
        const text = joinLines(part.map(({ seq, line }) => ({ head: `${seq} `, json: jsonOf(line) })));
        // Tables of the size that it needs: they cost more than the rest.
        bodies.push(await compress(text, { params, pledgedSrcSize: text.length }));
      }
      return database.transaction(() => replace(database, blocks, parts, bodies), { isDurable: false });
    },
  };
}

function readBlock(row: Row, dictionaries: Dictionaries): Block | undefined {
  const [id, encoding, body] = [Number(row['id']), Number(row['encoding']), row['body'] as Uint8Array];
  try {
    return { id, encoding, body, text: decodeBody(encoding, body, dictionaries) };
  } catch {
    return undefined;
  }
}

/** What is still there of the blocks' events, by issue. */
function linesOf(database: Database, blocks: Block[]): StoredLine[] {
  const [first, last] = [blocks[0]?.id ?? 0, blocks.at(-1)?.id ?? 0];
  const all = blocks.flatMap(({ text }) => splitLines(text).map((line) => ({ seq: seqOf(line), line })));
  const seqs = all.map(({ seq }) => seq);
  const rows = database.all(
    `SELECT seq, issue_id FROM events LEFT JOIN issue_events USING (seq) WHERE seq BETWEEN ? AND ? AND block BETWEEN ? AND ?`,
    seqs.reduce((least, seq) => Math.min(least, seq), Infinity),
    seqs.reduce((most, seq) => Math.max(most, seq), 0),
    first,
    last,
  );
  const issueOf = new Map(rows.map((row) => [Number(row['seq']), Number(row['issue_id'])]));
  return all
    .flatMap(({ seq, line }) => {
      const issue = issueOf.get(seq);
      return issue === undefined ? [] : [{ seq, issue, line }];
    })
    .sort((a, b) => a.issue - b.issue || a.seq - b.seq);
}

/** Into so many parts of about the same size. */
function cut(lines: StoredLine[], count: number): StoredLine[][] {
  const parts: StoredLine[][] = Array.from({ length: Math.max(1, count) }, () => []);
  const bytes = lines.reduce((sum, { line }) => sum + line.length, 0);
  let before = 0;
  for (const one of lines) {
    parts[Math.min(parts.length - 1, Math.floor((before * parts.length) / bytes))]?.push(one);
    before += one.line.length;
  }
  return parts.filter((part) => part.length > 0);
}

/** Writes the parts in the place of the blocks; false if somebody else has changed one of those meanwhile. */
function replace(database: Database, blocks: Block[], parts: StoredLine[][], bodies: Buffer[]): boolean {
  const isSame = ({ id, encoding, body }: Block) => {
    const row = database.get('SELECT encoding, body FROM blocks WHERE id = ?', id);
    return row?.['encoding'] === encoding && Buffer.compare(row['body'] as Uint8Array, body) === 0;
  };
  if (!blocks.every(isSame)) return false;
  blocks.forEach(({ id }, nth) => {
    const [part, body] = [parts[nth], bodies[nth]];
    if (!part || !body) return void database.run('DELETE FROM blocks WHERE id = ?', id);
    const lastSeq = part.reduce((last, { seq }) => Math.max(last, seq), 0);
    database.run('UPDATE blocks SET last_seq = ?, encoding = ?, body = ? WHERE id = ?', lastSeq, settled, body, id);
    for (const { seq } of part) database.run('UPDATE events SET block = ?1 WHERE seq = ?2 AND block <> ?1', id, seq);
  });
  return true;
}
