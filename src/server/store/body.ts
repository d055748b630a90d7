import { promisify } from 'node:util';
import { constants, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib';
import type { Dictionaries } from './dictionaries.ts';

/** How the body of a stored event is written; the number stands beside it, so that old ones stay readable. */
const plain = 0;
const zstd = 1;
/** Counted, but its details were sampled away. */
export const sampledAway = 2;
/** In a block, with others. */
export const inBlock = 3;
/** A block that was compressed once more, when there was time. */
export const settled = 4;
/** From here on: zstd by the dictionary of that number less this one. */
const firstDictionary = 10;

/** Below this a frame of zstd costs more than it saves. */
const worthCompressing = 400;
/** From here on a text has enough in common with itself. */
const needsNoDictionary = 16_000;

/** It is compressed once more when there is time: until then, what counts is how little it costs. In one piece, as below. */
const quick = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 65_536 };

export function encodeBody(body: Uint8Array, dictionaries: Dictionaries): { encoding: number; body: Uint8Array } {
  if (body.length < worthCompressing) return { encoding: plain, body };
  const dictionary = body.length < needsNoDictionary ? dictionaries.newest() : undefined;
  if (!dictionary) return { encoding: zstd, body: zstdCompressSync(body, quick) };
  const compressed = zstdCompressSync(body, { dictionary: dictionary.bytes });
  dictionaries.judge(compressed.length / body.length);
  return { encoding: firstDictionary + dictionary.id, body: compressed };
}

/** Of a whole block. By default a text is unpacked in pieces of 16 kB and then put together, which takes half as long again. */
const chunkSize = 524_288;

export function decodeBody(encoding: number, body: Uint8Array, dictionaries: Dictionaries): Buffer {
  if (encoding === plain) return Buffer.from(body);
  if (encoding === zstd || encoding === settled) return zstdDecompressSync(body, { chunkSize });
  const dictionary = dictionaries.byId(encoding - firstDictionary);
  if (!dictionary) throw new Error('the dictionary of this event is not there');
  return zstdDecompressSync(body, { dictionary });
}

const decompress = promisify(zstdDecompress);

/** A block of several, in a thread of zlib's: to unpack one takes half a millisecond. */
export async function decodeBlock(encoding: number, body: Uint8Array, dictionaries: Dictionaries): Promise<Buffer> {
  const isOfMany = encoding === settled || encoding === zstd;
  return isOfMany ? decompress(body, { chunkSize }) : decodeBody(encoding, body, dictionaries);
}
