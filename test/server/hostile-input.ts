import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { limits } from '../../src/protocol/limits.ts';
import { batch, batchEvent } from '../helpers/batches.ts';

const fields = (count: number, value: (i: number) => unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`field${i}`, value(i)]));
const deep = (depth: number) => `${'{"a":['.repeat(depth)}0${']}'.repeat(depth)}`;
const text = (value: unknown) => JSON.stringify(value);
const inExtra = (json: string) =>
  text(batch([batchEvent({ extra: { hole: 0 } })])).replace('"hole":0', `"hole":${json}`);

/** Evil for patterns with nested or overlapping repetitions: almost what they look for, again and again. */
const nearly = [
  'a://'.repeat(450),
  `${'a@'.repeat(900)}!`,
  '?a='.repeat(600),
  'eyJ-'.repeat(490),
  'Bearer '.repeat(280),
  '('.repeat(1_900),
  'at a('.repeat(380),
  '0'.repeat(1_999),
  ' '.repeat(1_999),
  `${'\\u0020.'.repeat(240)}`,
  '-'.repeat(1_999),
  `${'a.'.repeat(990)}js:1`,
];

const largeFrames = Array.from({ length: 50 }, (_, i): [string, number, number, number] => ['f'.repeat(200), 0, i, 1]);

/** Each is one request: body and encoding. */
export const hostile: Record<string, { body: string | Uint8Array; encoding?: string }> = {
  'a gzip bomb': { body: gzipSync(Buffer.alloc(200_000_000)), encoding: 'gzip' },
  'a deflate bomb': { body: deflateSync(Buffer.alloc(200_000_000)), encoding: 'deflate' },
  'a brotli bomb': {
    body: brotliCompressSync(Buffer.alloc(200_000_000), { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
    encoding: 'br',
  },
  'a zstd bomb': { body: zstdCompressSync(Buffer.alloc(200_000_000)), encoding: 'zstd' },
  'a zstd frame that asks for a window of 128 MiB': {
    body: zstdCompressSync(Buffer.alloc(200_000_000, 'ab'), { params: { [constants.ZSTD_c_windowLog]: 27 } }),
    encoding: 'zstd',
  },
  'JSON of 100,000 levels': { body: inExtra(deep(80_000)) },
  'lists of 500,000 levels': { body: `${'['.repeat(500_000)}${']'.repeat(500_000)}` },
  'an object of 50,000 fields': { body: inExtra(text(fields(50_000, (i) => i))) },
  'ten thousand tags': { body: text(batch([batchEvent({ tags: fields(10_000, String) as Record<string, string> })])) },
  'ten thousand debug ids': {
    body: text(batch([batchEvent()], { debugIds: fields(10_000, () => 'f'.repeat(32)) as Record<string, string> })),
  },
  'a thousand events that share as much as they can': {
    body: text(
      batch(
        Array.from({ length: 1_000 }, () =>
          batchEvent({
            exceptions: Array.from({ length: 8 }, () => ({ type: 'E', value: '', stack: 0 })),
            trail: [0, 50],
          }),
        ),
        {
          files: ['x'.repeat(2_000)],
          frames: largeFrames,
          stacks: [largeFrames.map((_, i) => i)],
          trail: largeFrames.map((_, at) => ({ at, kind: 'custom' as const, text: 't'.repeat(300) })),
        },
      ),
    ),
  },
  'a thousand empty events': {
    body: text(batch(Array.from({ length: 1_000 }, () => ({ id: batchEvent().id, at: 1 })))),
  },
  'numbers of a million digits': { body: inExtra(`${'9'.repeat(900_000)}`) },
  'a string of escapes': { body: inExtra(`"${'\\u0000'.repeat(150_000)}"`) },
  ...Object.fromEntries(
    nearly.map((value, i) => [
      `text that patterns stumble over, ${i + 1}`,
      {
        body: text(
          batch(
            [
              batchEvent({
                message: value,
                exceptions: [{ type: value, value, stack: 0 }],
                page: { url: `https://x.example/${value}` },
                request: { method: 'GET', url: value, failure: 'network' as const },
                extra: { value },
                trail: [0, 50],
              }),
            ],
            {
              files: [`https://x.example/${value}`],
              frames: largeFrames.map((_, line) => [value.slice(0, 200), 0, line, 1]),
              stacks: [largeFrames.map((_, line) => line)],
              trail: largeFrames.map((_, at) => ({ at, kind: 'custom' as const, text: value })),
            },
          ),
        ),
      },
    ]),
  ),
};

/** As many events as a batch may have, and almost as many bytes, that differ as those of a real page do. */
export const honest = (): string => {
  const events = Array.from({ length: limits.eventsPerBatch }, (_, i) =>
    batchEvent({
      exceptions: [{ type: 'Error', value: `Order ${i} of ${Math.random()} cannot be shipped`, stack: 0 }],
      page: { url: `https://shop.example/orders/${i}` },
      extra: { order: 'x'.repeat(600) },
    }),
  );
  return text(batch(events));
};
