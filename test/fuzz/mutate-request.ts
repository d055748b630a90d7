import { deflateSync, gzipSync } from 'node:zlib';
import { batch, batchEvent } from '../helpers/batches.ts';
import type { Random } from '../helpers/random.ts';

const methods = ['POST', 'POST', 'POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'BREW'];
const paths = [
  '/in/testkey',
  '/in/testkey',
  '/in/testkey',
  '/in/',
  '/in/%00',
  '/api/issues?query=',
  '/api/session',
  '/api/events/1',
  '/api/projects/1/artifacts?name=',
  '/',
  '/health',
  '/../..',
  '/assets/%2e%2e/',
  '/api/scrubbing',
];
const headers = [
  'Content-Encoding: gzip',
  'Content-Encoding: br',
  'Content-Encoding: deflate',
  'Content-Type: application/json',
  'Content-Type: text/plain',
  'Origin: null',
  'Cookie: pagefault=x; __Host-pagefault=',
  'Authorization: Bearer x',
  'Transfer-Encoding: chunked',
  'Expect: 100-continue',
  'X-Forwarded-For: 1,2,3',
  'Range: bytes=0-',
];
const odd = [
  '\0',
  '\r\n',
  '%',
  '%ff',
  '"',
  '\\u0000',
  '{',
  '[',
  ']',
  '}',
  ',',
  '-1',
  '1e999',
  'null',
  '😀',
  '\ud800',
  '__proto__',
  "' OR 1=1 --",
  '<script>',
  '../',
  'a'.repeat(3_000),
];

/** One request, as bytes, which may or may not be one that HTTP knows; the connection is to be closed after it. */
export function mutateRequest(random: Random): Buffer {
  const body = mutateBody(random);
  const chosen = headers.filter(() => random.next() < 0.08);
  const length = random.next() < 0.97 ? body.length : random.below(2 * body.length + 2);
  const path = random.pick(paths) + (random.next() < 0.1 ? encodeURI(random.pick(odd.slice(2, 14))) : '');
  const head = [
    `${random.pick(methods)} ${path} HTTP/1.1`,
    'Host: x',
    ...chosen,
    `Content-Length: ${length}`,
    'Connection: close',
  ];
  const bytes = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
  if (random.next() < 0.05) for (let i = 0; i < 5; i++) bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}

function mutateBody(random: Random): Buffer {
  const event = batchEvent({
    message: random.pick(odd),
    tags: { a: random.pick(odd) },
    extra: { [random.pick(odd)]: [] },
  });
  let text = JSON.stringify(batch([event]));
  const edits = random.next() < 0.3 ? 0 : 1 + random.below(6);
  for (let i = 0; i < edits; i++) {
    const at = random.below(text.length);
    text = text.slice(0, at) + (random.next() < 0.7 ? random.pick(odd) : '') + text.slice(at + random.below(20));
  }
  const body = Buffer.from(text);
  const encoded = random.pick([body, body, body, body, gzipSync(body), deflateSync(body)]);
  return random.next() < 0.1 ? encoded.subarray(0, random.below(encoded.length)) : encoded;
}
