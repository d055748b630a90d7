import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { BatchAnswer } from '../../src/protocol/batch.ts';
import { limits } from '../../src/protocol/limits.ts';
import { parseBatch } from '../../src/protocol/parse-batch.ts';

const readme = readFileSync('src/protocol/README.md', 'utf8');

/** The examples marked with a word after `json`. */
const examples = (word: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`json ${word}\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '');

test('the batches of the README have no problems', () => {
  const batches = examples('batch');
  assert.equal(batches.length, 2);
  for (const text of batches) {
    const parsed = parseBatch(text);
    assert.deepEqual(parsed.problems, []);
    assert.ok(parsed.ok);
    const { events, records = [] } = JSON.parse(text) as { events: unknown[]; records?: unknown[] };
    assert.equal(parsed.events.length, events.length);
    assert.equal(parsed.records.length, records.length);
  }
});

test('the README shows every field of a batch, of an event and of their parts', () => {
  const parsed = parseBatch(examples('batch')[1]);
  assert.ok(parsed.ok);
  const [, event] = parsed.events;
  assert.ok(event);
  assert.deepEqual(Object.keys(event.page ?? {}).length, 13);
  assert.deepEqual(event.exceptions[1]?.frames, [
    { function: 'Array.map' },
    { filename: 'https://shop.example/assets/shop-3f2a.js', lineno: 1, colno: 1207 },
  ]);
  assert.equal(event.breadcrumbs.length, 3);
  assert.equal(event.user?.name, 'Ada');
  assert.equal(event.request?.status, 500);
  assert.deepEqual(Object.keys(parsed.records[0] ?? {}), ['id', 'at', 'level', 'logger', 'text', 'data']);
  assert.deepEqual(parsed.dropped, [{ reason: 'rate', count: 12 }]);
});

test('the answer of the README is what the parser says', () => {
  const [text = ''] = examples('answer');
  const answer = JSON.parse(text) as BatchAnswer;
  const good = (n: number) => ({ id: `${n}`.repeat(16), at: 1 });
  const parsed = parseBatch({
    version: 1,
    sdk: { name: 'x', version: '1' },
    sentAt: 1,
    events: [good(1), good(2), { id: 'short', at: 1 }],
  });
  assert.ok(parsed.ok);
  assert.deepEqual(
    { accepted: parsed.events.length, refused: parsed.refused, problems: parsed.problems },
    { accepted: answer.accepted, refused: answer.refused, problems: answer.problems },
  );
});

test('the limits of the README are those of the code', () => {
  const section = readme.slice(readme.indexOf('## Limits'), readme.indexOf('## Answer'));
  // What concerns only the sender, or stands there in words.
  const elsewhere: (keyof typeof limits)[] = ['stackLine', 'problems'];
  const names = (Object.keys(limits) as (keyof typeof limits)[]).filter((name) => !elsewhere.includes(name));
  const missing = names.filter(
    (name) => !new RegExp(`(?<![\\d,])${limits[name].toLocaleString('en')}(?!,?\\d)`).test(section),
  );
  assert.deepEqual(missing, []);
});
