import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCorpus } from './corpus.ts';
import { evaluate } from './evaluate.ts';
import { isHeldOut } from './split.ts';

const corpus = readCorpus();
const bugs = [...new Set(corpus.events.map(({ bug }) => bug))];
const isAtLeast = (value: number, least: number, what: string) =>
  assert.ok(value >= least, `${what} is ${value.toFixed(4)}, and must be at least ${least}`);

test('the corpus has bugs enough, half of them held out, of five builders, two releases and three engines', () => {
  const share = bugs.filter(isHeldOut).length / bugs.length;
  assert.ok(bugs.length >= 80);
  assert.ok(share > 0.4 && share < 0.6);
  assert.equal(new Set(corpus.builds.map(({ builder }) => builder)).size, 5);
  assert.equal(new Set(corpus.builds.map(({ release }) => release)).size, 2);
  assert.equal(new Set(corpus.events.map(({ engine }) => engine)).size, 3);
});

test('with source maps, one bug is one issue, in every browser, build and release', async () => {
  const { ours, rivals, frames } = await evaluate(corpus, { isHeldOut: true, hasMaps: true });
  isAtLeast(ours.precision, 0.98, 'precision');
  isAtLeast(ours.recall, 0.95, 'recall');
  isAtLeast(ours.perfect / ours.bugs, 0.9, 'share of bugs that are exactly one issue');
  isAtLeast((frames?.right ?? 0) / (frames?.told ?? 1), 0.98, 'share of right throwing frames');
  for (const [name, { f1 }] of Object.entries(rivals)) assert.ok(ours.f1 > f1, name);
});

test('without source maps, what happened keeps most events of a bug together', async () => {
  const { ours } = await evaluate(corpus, { isHeldOut: true, hasMaps: false });
  isAtLeast(ours.f1, 0.85, 'F1');
});
