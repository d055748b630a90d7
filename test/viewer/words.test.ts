import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShownFrame } from '../../src/protocol/api.ts';
import { snoozeWords } from '../../src/viewer/lib/activity-words.ts';
import { describeData } from '../../src/viewer/lib/describe-data.ts';
import { fileName, position } from '../../src/viewer/lib/file-name.ts';
import { foldFrames } from '../../src/viewer/lib/fold-frames.ts';
import { forWhom } from '../../src/viewer/lib/for-whom.ts';
import { countOf, formatAgo, formatDuration } from '../../src/viewer/lib/format.ts';
import { splitTitle } from '../../src/viewer/lib/title.ts';
import { trend } from '../../src/viewer/lib/trend.ts';

test('times are told as a person would', () => {
  const now = Date.UTC(2026, 0, 10);
  assert.equal(formatAgo(now + 3_000, now), 'just now');
  assert.equal(formatAgo(now - 61_000, now), '1 minute ago');
  assert.equal(formatAgo(now - 26 * 3_600_000, now), 'yesterday');
  assert.equal(formatAgo(now - 26 * 3_600_000, now, 'short'), '1d ago');
});

test('durations and counts have their units', () => {
  assert.deepEqual([40, 1_310, 192_000, 7_500_000].map(formatDuration), ['40 ms', '1.3 s', '3 min 12 s', '2 h 5 min']);
  assert.deepEqual([countOf(1, 'event'), countOf(2, 'event')], ['1 event', '2 events']);
});

test('the type of an exception is told from its message, and a sentence is not', () => {
  assert.deepEqual(splitTitle('TypeError: x: y'), { type: 'TypeError', message: 'x: y' });
  assert.deepEqual(splitTitle('Cannot open: no key'), { type: '', message: 'Cannot open: no key' });
});

test('scripts of the page itself are named without their origin', () => {
  assert.equal(fileName('https://a.example/js/app.js?v=1', 'https://a.example/cart'), 'js/app.js');
  assert.equal(fileName('https://cdn.example/lib.js', 'https://a.example/cart'), 'cdn.example/lib.js');
  assert.equal(fileName('<anonymous>', undefined), '<anonymous>');
  assert.equal(position('app.js', 3, 0), 'app.js:3');
});

const frame = (inApp: boolean): ShownFrame => ({ inApp });

test('frames of others are folded, unless there are no frames of the site itself', () => {
  const runs = foldFrames([true, false, false, true].map(frame));
  assert.deepEqual(
    runs.map(({ frames, isFolded }) => [frames.length, isFolded]),
    [
      [1, false],
      [2, true],
      [1, false],
    ],
  );
  assert.deepEqual(
    foldFrames([frame(false), frame(false)]).map(({ isFolded }) => isFolded),
    [false],
  );
});

test('data of a breadcrumb is one line, without what its text has said', () => {
  assert.equal(describeData({ method: 'GET', status: 503, durationMs: 84 }, 'GET /cart'), '503 · 84 ms');
  assert.equal(describeData({ status: 0, items: { a: 1 } }, ''), 'no answer · items: {"a":1}');
});

test('an issue that came up today is new, one that tripled is getting worse, one that stopped is quiet', () => {
  const now = Date.UTC(2026, 0, 20);
  const day = 86_400_000;
  const words = (hourly: number[], usual: number, age = 20 * day) =>
    trend({ hourly, usual, firstSeen: now - age, events: 9 }, now).words;
  assert.match(words([5], 5, day / 2), /^New/);
  assert.match(words([30], 10), /^Getting worse: 30 events .* about 10 a day/);
  assert.match(words([0], 10), /^Quiet/);
  assert.match(words([3], 10), /^Fading/);
  assert.match(words([10], 10), /^Steady/);
});

test('for whom it breaks is said where it is mostly one browser, system or page', () => {
  const of = (property: string, ...counts: [string, number][]) => ({
    property,
    values: counts.map(([value, count]) => ({ value, count })),
  });
  const distributions = [
    of('browser', ['Safari 18.1', 45], ['Chrome 143.0', 5]),
    of('os', ['iOS', 50]),
    of('url', ['/cart', 20], ['/checkout', 30]),
  ];
  assert.equal(forWhom({ events: 50, distributions }), ', mostly in Safari 18.1, only on iOS');
  assert.equal(forWhom({ events: 2, distributions }), '', 'two events say nothing of the others');
});

test('what ends a snooze is told in words', () => {
  assert.equal(snoozeWords({ events: 1 }), 'until 1 more event');
  assert.equal(snoozeWords({ events: 100, users: 10 }), 'until 100 more events or 10 more users');
});
