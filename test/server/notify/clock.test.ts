import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleSettings } from '../../../src/protocol/notices.ts';
import { isTimeToTell } from '../../../src/server/notify/clock.ts';
import { usual } from '../../../src/server/notify/usual.ts';

const rule = (fields: Partial<RuleSettings>): RuleSettings => ({
  name: '',
  trigger: { kind: 'new' },
  filter: {},
  channels: [],
  pace: 'now',
  atMostEvery: 0,
  quiet: null,
  timeZone: 'Europe/Berlin',
  isEnabled: true,
  ...fields,
});
/** Berlin is an hour ahead of UTC on this day. */
const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 21, hour - 1, minute);
const tells = (settings: Partial<RuleSettings>, now: number, first = now - 1_000, toldAt = 0) =>
  isTimeToTell(rule(settings), { now, first, toldAt });

test('quiet hours go over midnight, in the time zone of the rule', () => {
  const quiet = { from: 22, to: 7 };
  assert.deepEqual(
    [21, 22, 23, 24, 30, 31].map((hour) => tells({ quiet }, at(hour))),
    [true, false, false, false, false, true],
  );
});

test('an hourly rule tells at the full hour, a daily one at eight in the morning', () => {
  assert.equal(tells({ pace: 'hourly' }, at(10, 59), at(10, 1)), false);
  assert.equal(tells({ pace: 'hourly' }, at(11, 0), at(10, 1)), true);
  assert.equal(tells({ pace: 'daily' }, at(7, 59), at(1)), false);
  assert.equal(tells({ pace: 'daily' }, at(8, 0), at(1)), true);
  assert.equal(tells({ pace: 'daily' }, at(23), at(9)), false);
});

test('a rule that tells at most every ten minutes waits for them', () => {
  assert.equal(tells({ atMostEvery: 10 }, at(10, 9), at(10, 1), at(10)), false);
  assert.equal(tells({ atMostEvery: 10 }, at(10, 10), at(10, 1), at(10)), true);
});

test('what is usual for an hour is the median of that hour of other days since the first', () => {
  const hour = 100 * 24;
  assert.equal(usual(new Map([[hour, 50]]), hour), undefined);
  assert.equal(
    usual(
      new Map([
        [hour - 24, 10],
        [hour, 50],
      ]),
      hour,
    ),
    10,
  );
  assert.equal(
    usual(
      new Map([
        [hour - 72, 1_000],
        [hour - 48, 12],
        [hour - 24, 10],
      ]),
      hour,
    ),
    12,
  );
  assert.equal(
    usual(
      new Map([
        [hour - 72, 6],
        [hour, 50],
      ]),
      hour,
    ),
    0,
  );
});
