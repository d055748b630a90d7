import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstShareMinute } from '../../../src/server/notify/triggers.ts';
import { countByMinute, type Window } from '../../../src/server/notify/windows.ts';

const noon = Date.UTC(2026, 10, 21, 12);

test('an error rate counts what came just before the minute turned, and lets go of what is older', () => {
  const first = (now: number) => firstShareMinute(1, now);
  const window: Window = [];
  countByMinute(window, first(noon - 1), noon - 1, 10);
  assert.equal(countByMinute(window, first(noon), noon, 5), 15);
  assert.equal(countByMinute(window, first(noon + 59_999), noon + 59_999, 0), 15);
  assert.equal(countByMinute(window, first(noon + 60_000), noon + 60_000, 0), 5);
  assert.equal(countByMinute(window, first(noon + 120_000), noon + 120_000, 0), 0);
});
