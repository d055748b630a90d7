import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { buildIndex } from '../../../src/server/symbolicate/build-index.ts';
import { createIndexer } from '../../../src/server/symbolicate/indexer.ts';
import { MapIndex } from '../../../src/server/symbolicate/map-index.ts';
import { withinMs } from '../../../src/server/symbolicate/time-limit.ts';
import { createRandom } from '../../helpers/random.ts';

const folder = new URL('../../fixtures/source-map-tests/resources/', import.meta.url);
const maps = readdirSync(folder)
  .filter((name) => name.endsWith('.map'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));
const seed = Number(process.env['PAGEFAULT_SEED']) || Date.now() % 2 ** 32;

/** Indexes and asks, as far as it can be used. */
function use(text: string): void {
  let built;
  try {
    built = buildIndex(text, 'function a(){throw 1}');
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.ok(error.message.length < 500);
    return;
  }
  assert.ok(built.problems.length <= 20);
  const index = new MapIndex(zstdDecompressSync(built.index));
  for (const line of [0, 1, 2, 3, 1e9]) {
    for (const column of [0, 1, 5, 40, 2 ** 31]) {
      const traced = index.trace(line, column);
      index.traceNext(line, column);
      index.bundleFunctionAt(line, column);
      if (!traced) continue;
      assert.ok(index.header.sources[traced.source], 'a traced source exists');
      index.functionAt(traced.source, traced.line, traced.column);
    }
  }
}

test('mutated maps neither throw past the error nor lead outside of what there is', () => {
  const random = createRandom(seed);
  const alphabet = 'AACDgz+/,;,;=!\u0000"{}[]:0129eE-\\ \n😀nulltrue';
  for (let i = 0; i < 1_500; i++) {
    let text = random.pick(maps);
    for (let edits = 1 + random.below(6); edits > 0; edits--) {
      const at = random.below(text.length);
      const length = random.below(8);
      const insert = Array.from({ length: random.below(6) }, () => random.pick([...alphabet])).join('');
      text = text.slice(0, at) + insert + text.slice(at + length);
    }
    try {
      use(text);
    } catch (error) {
      throw new Error(`seed ${seed}, run ${i}: ${JSON.stringify(text)}`, { cause: error });
    }
  }
});

const plain = (fields: object) =>
  JSON.stringify({ version: 3, sources: ['a.ts'], names: [], mappings: 'AAAA', ...fields });

test('maps that are made to be expensive are refused before they cost much', () => {
  for (const [why, map] of Object.entries({
    lines: plain({ mappings: ';'.repeat(5_000_000) }),
    segments: plain({ mappings: 'A,'.repeat(17_000_000) }),
    sections: plain({ mappings: undefined, sections: Array(100_001).fill(0) }),
    offset: plain({
      mappings: undefined,
      sections: [{ offset: { line: 2 ** 31 - 1, column: 0 }, map: { version: 3, sources: [], mappings: '' } }],
    }),
    nesting: `{"version":3,"sections":${'['.repeat(200_000)}`,
  })) {
    const start = performance.now();
    const error = (() => {
      try {
        return buildIndex(map).problems.join() || undefined;
      } catch (error) {
        return String(error);
      }
    })();
    assert.ok(error, why);
    assert.ok(performance.now() - start < 5_000, `${why} took ${performance.now() - start} ms`);
  }
});

test('a source that no parser can read costs only its own functions', () => {
  const map = JSON.stringify({
    version: 3,
    sources: ['deep.js', 'binary.js', 'good.ts'],
    sourcesContent: ['('.repeat(100_000), '\0\u2028'.repeat(50_000), 'export function good() { return 1; }'],
    names: [],
    mappings: 'AAAA,GEAA,wBAAwB',
  });
  const start = performance.now();
  const index = new MapIndex(zstdDecompressSync(buildIndex(map).index));
  assert.ok(performance.now() - start < 5_000);
  assert.equal(index.functionAt(2, 1, 26), 'good');
  assert.equal(index.functionAt(0, 1, 1), undefined);
});

test('work that never yields is stopped at its time limit', () => {
  assert.throws(
    () =>
      withinMs(50, () => {
        for (;;);
      }),
    /timed out/,
  );
  let done = false;
  withinMs(50, () => void (done = true));
  assert.ok(done);
});

test('a map that takes too long ends its thread, and the next map is indexed', async (t) => {
  const impatient = createIndexer({ timeoutMs: 1 });
  t.after(() => impatient.close());
  const text = 'export function good() { return 1; }\n'.repeat(10_000);
  const slow = plain({ sources: Array(10).fill('a.ts'), sourcesContent: Array(10).fill(text) });
  await assert.rejects(impatient.index(slow), /takes too long/);
  const indexer = createIndexer();
  t.after(() => indexer.close());
  const [first, second] = await Promise.allSettled([indexer.index('[]'), indexer.index(plain({}))]);
  assert.match(String(first.status === 'rejected' && first.reason), /must be a JSON object/);
  assert.ok(second.status === 'fulfilled' && second.value.sourceCount === 1);
});
