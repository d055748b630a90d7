import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuery } from '../../src/server/routes/parse-query.ts';
import { completeQuery } from '../../src/viewer/lib/complete-query.ts';
import { queryTerm } from '../../src/viewer/lib/query-term.ts';

test('what a bar says is what the search understands', () => {
  for (const [property, value] of [
    ['browser', 'Safari 18.1'],
    ['url', '/checkout'],
    ['url', 'https://a.example/x'],
    ['release', '1.4'],
    ['tag:plan', 'team of two'],
  ] as const) {
    const term = queryTerm(property, value) ?? '';
    const { words, values } = parseQuery(term);
    assert.deepEqual({ words, values }, { words: [], values: [{ property, value, isNot: false }] }, term);
  }
  assert.equal(queryTerm('browser', 'a "b" c'), undefined);
  assert.equal(queryTerm('nonsense', 'a'), undefined);
});

test('the last term of a search is completed to a key, or to a value that its key has', () => {
  const terms = (text: string, ...values: string[]) =>
    completeQuery(
      text,
      ['tag:plan'],
      values.map((value) => ({ value, issues: 2 })),
    ).map(({ query }) => query);
  assert.deepEqual(terms('cart rel'), ['cart release:']);
  assert.deepEqual(terms('-ta'), ['-tag:plan:']);
  assert.deepEqual(terms('is:unr'), ['is:unresolved ']);
  assert.deepEqual(terms('cart browser:saf', 'Safari 18.1'), ['cart browser:"Safari 18.1" ']);
  assert.deepEqual(terms('browser:"Safari 1', 'Safari 18.1'), ['browser:"Safari 18.1" ']);
  assert.deepEqual(terms('tag:plan:', 'gold'), ['tag:plan:gold ']);
  assert.deepEqual(terms('browser:Firefox ').slice(0, 1), ['browser:Firefox is:']);
  assert.equal(completeQuery('os:', [], [{ value: 'iOS', issues: 2 }])[0]?.meaning, '2 issues');
});
