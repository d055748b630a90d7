import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { HttpError } from './errors.ts';
import type { Room } from './room.ts';

type Decompress = (body: Buffer, maxOutputLength: number) => Promise<Buffer>;

const unzip = promisify(gunzip);
const undeflate = promisify(inflate);
const unbrotli = promisify(brotliDecompress);
const unzstd = promisify(zstdDecompress);

/** A frame of zstd may ask for a window of 128 MiB by default; what any sender needs fits in 8. */
const zstdParams = { [constants.ZSTD_d_windowLogMax]: 23 };

const decompressors: Record<string, Decompress> = {
  gzip: (body, maxOutputLength) => unzip(body, { maxOutputLength }),
  'x-gzip': (body, maxOutputLength) => unzip(body, { maxOutputLength }),
  deflate: (body, maxOutputLength) => undeflate(body, { maxOutputLength }),
  br: (body, maxOutputLength) => unbrotli(body, { maxOutputLength }),
  zstd: (body, maxOutputLength) => unzstd(body, { maxOutputLength, params: zstdParams }),
};

const tooLarge = (maxBytes: number, what: string) =>
  new HttpError(413, 'too-large', `${what} has at most ${maxBytes} bytes.`);

const noRoom = () => new HttpError(429, 'overloaded', 'Too much is arriving at the same time. Send it again later.', 5);

/** The bytes of a request's body, of at most `maxBytes` both as it came and decompressed, and within `room`. */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  what = 'A batch',
  room?: Room,
): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const decompress = decompressors[encoding];
  if (encoding !== 'identity' && !decompress)
    throw new HttpError(415, 'unknown-encoding', 'This content encoding is not known.');
  const raw = await readBytes(request, maxBytes, what, room);
  if (!decompress) return raw;
  try {
    return await decompress(raw, maxBytes);
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(maxBytes, what);
    throw new HttpError(400, 'bad-encoding', `The body is not what its content encoding says.`);
  }
}

async function readBytes(request: IncomingMessage, maxBytes: number, what: string, room?: Room): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes, what);
  const chunks: Buffer[] = [];
  let length = 0;
  let taken = 0;
  try {
    // Not destroyed when too long: the answer still has to get through.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) throw tooLarge(maxBytes, what);
      if (room && !room.take(chunk.length)) throw noRoom();
      taken = length;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  } catch (error) {
    // Who leaves while it sends is nothing that went wrong here, and is told by nobody's log.
    throw request.readableAborted ? new HttpError(400, 'cut-off', 'The request ended in the middle.') : error;
  } finally {
    room?.giveBack(taken);
  }
}
