import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parametrize, patternKey } from '../../../src/server/group/parametrize.ts';
import { notOutOfHand } from '../../helpers/not-out-of-hand.ts';

test('values go, words stay', () => {
  const patterns: Record<string, string> = {
    'Settings version 17 of user 6f1c7a0e-11aa-4b5e-9d3e-0123456789ab is too new':
      'Settings version <number> of user <id> is too new',
    'Sync with https://eu.example.com/v2/pull?since=1 failed: status 501':
      'Sync with eu.example.com/v2/pull failed: status <number>',
    'Not a settings file: {"theme":"dark","size":[1,2]}': 'Not a settings file: <json>',
    "Shortcut Ctrl+S is taken by 'Save as'": 'Shortcut Ctrl+S is taken by <text>',
    'Coupon SPRING-24 expired on 2026-01-01T00:00:00.000Z': 'Coupon <id> expired on <date>',
    'GET /api/orders/1001?full=1 answered 500': 'GET /api/orders/<id> answered <number>',
    "user can't do that, isn't it": "user can't do that, isn't it",
    'no data for key customer/anna@example.com': 'no data for key <e-mail>',
    'id=abc and name=x': 'id=<value> and name=<value>',
    'utf8 and base64 are no values': 'utf8 and base64 are no values',
    'from 10.0.0.1:80 at 12:30:01': 'from <ip> at <time>',
    'token eyJhbGciOiJIUzI1NiJ9.payload': 'token <id>',
    'part 1234567 of 12345678': 'part <number> of <id>',
  };
  for (const [message, pattern] of Object.entries(patterns)) assert.equal(parametrize(message), pattern);
});

test('a value may look like a number in one event and like a name in the next', () => {
  assert.equal(patternKey(parametrize('Basket b81c is gone')), patternKey(parametrize('Basket 77 is gone')));
});

test('100 kB of anything take a moment', () => {
  for (const part of ['"', "'a", '{', '{"', '1', 'a@', '-1.', '/a', 'aA1', 'a=', 'a:', '“', '://', 'data:']) {
    const text = part.repeat(Math.ceil(100_000 / part.length));
    notOutOfHand(part, () => parametrize(text));
  }
});
