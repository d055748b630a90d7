import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import type { Batch } from '../../src/protocol/batch.ts';
import { limits } from '../../src/protocol/limits.ts';
import { parseBatch } from '../../src/protocol/parse-batch.ts';
import { createRandom, type Random } from '../helpers/random.ts';

const seed = Number(process.env['PAGEFAULT_SEED']) || Date.now() % 2 ** 32;
const readme = readFileSync('src/protocol/README.md', 'utf8');
const example = readme.match(/A batch with everything[\s\S]*?```json batch\n([\s\S]*?)```/)?.[1] ?? '';

const oddValues: unknown[] = [
  null,
  undefined,
  true,
  false,
  0,
  -0,
  -1,
  0.5,
  1e308,
  -1e308,
  Infinity,
  NaN,
  2 ** 53,
  '',
  'x',
  '\0',
  '\uD800',
  '__proto__',
  'constructor',
  'x'.repeat(5_000),
  '😀'.repeat(1_500),
  [],
  {},
  [[]],
  [null],
  [0, 1e9],
  [-1, 2],
  Array(70).fill(0),
  JSON.parse('{"__proto__":{"a":1}}'),
  JSON.parse('['.repeat(500) + ']'.repeat(500)),
  { length: 5 },
  { toString: 1, valueOf: 1 },
  Array(3),
  Object.create(null),
];

/** The same value with some of its parts replaced, removed, doubled or swapped. */
function mutate(value: unknown, random: Random, rate: number): unknown {
  if (random.next() < rate) return random.pick(oddValues);
  if (Array.isArray(value)) {
    const list = value.map((entry) => mutate(entry, random, rate));
    if (random.next() < rate) list.push(...list);
    if (random.next() < rate) list.splice(random.below(list.length + 1), 1);
    if (random.next() < rate) list.reverse();
    return list;
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, part]) => [key, mutate(part, random, rate)] as const);
  const kept = fields.filter(() => random.next() >= rate);
  if (random.next() < rate)
    kept.push([random.pick(['__proto__', 'id', 'events', 'records', 'x']), random.pick(oddValues)]);
  return Object.fromEntries(kept);
}

/** The same text with some characters changed. */
function garble(text: string, random: Random): string {
  const parts = [...text];
  for (let i = random.below(6); i >= 0; i--) {
    parts.splice(
      random.below(parts.length),
      random.below(3),
      random.pick(['', '{', '}', '[', ']', '"', ',', '0', 'e9', '\\u', '\\ud800']),
    );
  }
  return parts.join('');
}

/** What every answer must keep to, whatever came in. */
function check(input: unknown): void {
  const parsed = parseBatch(input);
  assert.ok(parsed.problems.length <= limits.problems);
  for (const { path, message } of parsed.problems)
    assert.ok(path.length <= limits.label && message.length <= 2 * limits.label);
  if (!parsed.ok) return assert.ok(parsed.problems.length > 0);
  assert.ok(Number.isInteger(parsed.sentAt));
  assert.ok(parsed.refused >= 0);
  for (const event of parsed.events) {
    assert.match(event.id, /^[\w-]{16,64}$/);
    assert.ok(Number.isInteger(event.at) && event.at >= 0);
    assert.ok(event.count >= 1 && event.count <= limits.count);
    assert.ok(event.exceptions.length <= limits.exceptionsPerEvent);
    assert.ok(event.breadcrumbs.length <= limits.breadcrumbs);
    for (const { frames, type, value } of event.exceptions) {
      assert.ok(frames.length <= limits.framesPerStack);
      assert.ok(type.length <= limits.label && value.length <= limits.message);
    }
  }
  for (const record of parsed.records) {
    assert.match(record.id, /^[\w-]{16,64}$/);
    assert.ok(Number.isInteger(record.at) && record.at >= 0);
    assert.ok(record.logger.length <= limits.label && record.text.length <= limits.message);
  }
  // It can be stored as it is: nothing that JSON leaves out, no half characters, nothing inherited.
  const whole = { events: parsed.events, records: parsed.records, context: parsed.context };
  const text = JSON.stringify(whole);
  assert.deepEqual(JSON.parse(text), structuredClone(whole));
  assert.doesNotMatch(text, /(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i);
  assert.equal(Object.keys(Object.prototype).length, 0);
}

function repeat(title: string, times: number, once: (random: Random) => void): void {
  test(`${title} (seed ${seed})`, () => {
    for (let i = 0; i < times; i++) {
      try {
        once(createRandom(seed + i));
      } catch (error) {
        throw new Error(`Failed; run it again by PAGEFAULT_SEED=${seed + i}`, { cause: error });
      }
    }
  });
}

repeat('takes batches with some wrong parts', 3_000, (random) => {
  check(mutate(JSON.parse(example), random, random.pick([0.005, 0.02, 0.1, 0.3])));
});

repeat('takes text that is nearly a batch', 1_000, (random) => check(garble(example, random)));

repeat('takes odd values in the place of a batch', 300, (random) => {
  check(random.pick(oddValues));
  check({
    version: 1,
    events: [random.pick(oddValues)],
    trail: random.pick(oddValues),
    stacks: random.pick(oddValues),
    records: random.pick([random.pick(oddValues), [random.pick(oddValues)]]),
  });
});

/** Reads of the input: the work, counted instead of timed. */
function countReads(value: unknown): { value: unknown; reads(): number } {
  let reads = 0;
  const wrap = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    return new Proxy(part, {
      get(target, key, receiver) {
        reads++;
        return wrap(Reflect.get(target, key, receiver));
      },
    });
  };
  return { value: wrap(value), reads: () => reads };
}

test('works in proportion to the input, however its parts refer to each other', () => {
  const large = (n: number): Batch => ({
    version: 1,
    sdk: { name: 'x', version: '1' },
    sentAt: 1,
    trail: Array.from({ length: n }, (_, at) => ({ at, kind: 'custom', text: 't' })),
    files: Array(n).fill('f'),
    frames: Array.from({ length: n }, (_, i) => ['f', i, 1, 1]),
    stacks: Array.from({ length: n }, () => Array<number>(60).fill(n - 1)),
    events: Array.from({ length: n }, (_, i) => ({
      id: `id-${i}`.padEnd(16, '0'),
      at: 1,
      exceptions: Array.from({ length: 8 }, () => ({ type: 'E', value: '', stack: i })),
      trail: [0, n],
    })),
  });
  const readsOf = (n: number) => {
    const counted = countReads(large(n));
    assert.ok(parseBatch(counted.value).ok);
    return counted.reads();
  };
  const [small, big] = [readsOf(100), readsOf(800)];
  assert.ok(big < 9 * small, `${small} reads became ${big}`);
});

test('survives text that is nothing but depth', () => {
  for (const part of ['[', '{"a":', '[{"a":']) {
    check(part.repeat(100_000));
    check(`{"version":1,"events":[],"extra":${part.repeat(1_000)}0${part.includes('{') ? '' : ']'.repeat(1_000)}}`);
  }
  check(
    `{"version":1,"sdk":{"name":"x","version":"1"},"sentAt":1,"events":[],"extra":{"a":${'['.repeat(300_000)}${']'.repeat(300_000)}}}`,
  );
});
