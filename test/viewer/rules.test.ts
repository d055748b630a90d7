import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  readGroupingRules,
  readScrubRules,
  writeGroupingRules,
  writeScrubRules,
} from '../../src/viewer/lib/rule-text.ts';

test('grouping rules are read from lines and written as they were', () => {
  const text = [
    'message:"Timeout of *" url:/cart* -> timeouts',
    'file:*/vendor/* -> ignore',
    'type:E -> ignore "two words"',
  ];
  const rules = readGroupingRules(`${text.join('\n\n')}\n`);
  assert.deepEqual(rules, [
    { match: { message: 'Timeout of *', url: '/cart*' }, fingerprint: ['timeouts'] },
    { match: { file: '*/vendor/*' }, ignore: true },
    { match: { type: 'E' }, fingerprint: ['two words'], ignore: true },
  ]);
  assert.equal(writeGroupingRules(rules), text.join('\n'));
});

test('a grouping rule that cannot be read is named', () => {
  assert.throws(() => readGroupingRules('message:x'), /Write it as .*: message:x/);
  assert.throws(() => readGroupingRules('colour:red -> paint'), /"colour" is none of type, message/);
  assert.throws(() => readGroupingRules('timeouts -> together'), /Write it as/);
});

test('scrubbing rules are read from lines and written as they were', () => {
  const text = 'name customer*\ntext [A-Z]{2}\\d{20} -> [iban]\ntext a -> b';
  const rules = readScrubRules(text);
  assert.deepEqual(rules, [
    { kind: 'name', pattern: 'customer*' },
    { kind: 'text', pattern: '[A-Z]{2}\\d{20}', replacement: '[iban]' },
    { kind: 'text', pattern: 'a', replacement: 'b' },
  ]);
  assert.equal(writeScrubRules(rules), text);
  assert.throws(() => readScrubRules('mask everything'), /Begin with "name" or "text": mask everything/);
});
