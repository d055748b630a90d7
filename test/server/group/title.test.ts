import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../../src/protocol/event.ts';
import { culpritOf, titleOf } from '../../../src/server/group/title.ts';

const failed = (url: string, pageUrl: string) =>
  ({
    exceptions: [],
    mechanism: 'request',
    page: { url: pageUrl },
    request: { method: 'GET', url, status: 500, failure: 'http' },
  }) as unknown as Event;

test('a request to the page’s own origin is told as its path, one to another origin whole', () => {
  const own = failed('https://shop.example/api/cart', 'https://shop.example/cart');
  assert.equal(titleOf(own), 'GET /api/cart answered 500');
  assert.equal(culpritOf(own, []), '/api/cart');
  const other = failed('https://shop.example.evil/api', 'https://shop.example/cart');
  assert.equal(titleOf(other), 'GET https://shop.example.evil/api answered 500');
});
