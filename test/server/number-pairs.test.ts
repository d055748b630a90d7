import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNumberPairs } from '../../src/server/store/number-pairs.ts';
import { createRandom } from '../helpers/random.ts';

test('a pair is new once, among a hundred thousand, however alike they are', () => {
  const pairs = createNumberPairs();
  const known = new Set<string>();
  const random = createRandom(20_261_122);
  for (let i = 0; i < 150_000; i++) {
    const first = random.below(i % 2 === 0 ? 300 : 2 ** 32);
    const second = i % 3 === 0 ? random.below(300) : Math.floor(random.next() * 2 ** (i % 5 === 0 ? 53 : 34));
    const name = `${first} ${second}`;
    assert.equal(pairs.has(first, second), known.has(name), name);
    assert.equal(pairs.add(first, second), !known.has(name), name);
    known.add(name);
  }
  assert.equal(pairs.size(), known.size);
});

test('a pair turned round is another one, and zeros are a pair', () => {
  const pairs = createNumberPairs();
  const all: [number, number][] = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 2 ** 32],
    [2 ** 32 - 1, 2 ** 53 - 1],
  ];
  for (const [first, second] of all) assert.equal(pairs.add(first, second), true, `${first} ${second}`);
  for (const [first, second] of all) assert.equal(pairs.add(first, second), false, `${first} ${second}`);
});

test('after it was cleared everything is new again', () => {
  const pairs = createNumberPairs();
  for (let i = 0; i < 10_000; i++) pairs.add(i, i);
  pairs.clear();
  assert.equal(pairs.size(), 0);
  for (let i = 0; i < 10_000; i++) assert.equal(pairs.add(i, i), true);
});
