import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** How the body of a stored event is written; the number stands beside it, so that old ones stay readable. */
const plain = 0;
const zstd = 1;

/** Below this a frame of zstd costs more than it saves. */
const worthCompressing = 400;

export function encodeBody(json: string): { encoding: number; body: Uint8Array } {
  const body = Buffer.from(json);
  if (body.length < worthCompressing) return { encoding: plain, body };
  return { encoding: zstd, body: zstdCompressSync(body) };
}

export function decodeBody(encoding: number, body: Uint8Array): string {
  return Buffer.from(encoding === zstd ? zstdDecompressSync(body) : body).toString();
}
