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

test('the last word of a search is completed to a key, or to a value of its key', () => {
  assert.deepEqual(completeQuery('cart rel'), ['cart release:']);
  assert.deepEqual(completeQuery('browser:f'), ['browser:Firefox']);
  assert.deepEqual(completeQuery('browser:Firefox'), []);
  assert.ok(completeQuery('').includes('level:'));
});
