import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event, Frame } from '../../../src/protocol/event.ts';
import { fileName, functionName } from '../../../src/server/group/names.ts';
import { fingerprintOf } from '../../../src/server/group/fingerprint.ts';
import { parametrize } from '../../../src/server/group/parametrize.ts';
import { urlPattern, withoutHash } from '../../../src/server/group/url-pattern.ts';
import { markInApp } from '../../../src/server/symbolicate/mark-in-app.ts';
import { notOutOfHand } from '../../helpers/not-out-of-hand.ts';

const inShop: Frame[] = [
  { function: 'total', filename: 'https://shop.example/assets/shop-DyQ2x9aB.js', lineno: 3, colno: 14 },
];

function event(type: string, value: string, frames: Frame[] = inShop, more: Partial<Event> = {}): Event {
  return {
    id: 'event-0000000000000',
    at: 0,
    level: 'error',
    mechanism: 'onerror',
    handled: false,
    exceptions: [{ type, value, frames }],
    breadcrumbs: [],
    count: 1,
    ...more,
  };
}
const key = (of: Event) => fingerprintOf(of, markInApp(of)).fingerprint;
const same = (...events: Event[]) => assert.equal(new Set(events.map(key)).size, 1);
const different = (...events: Event[]) => assert.equal(new Set(events.map(key)).size, events.length);

test('one bug is one issue, however the engine words it', () => {
  same(
    event('TypeError', "Cannot read properties of undefined (reading 'price')"),
    event('TypeError', 'can\'t access property "price", item is undefined'),
    event('TypeError', "undefined is not an object (evaluating 'item.price')"),
  );
  same(
    event('SyntaxError', 'Unexpected token \'<\', "<!doctype "... is not valid JSON'),
    event('SyntaxError', 'JSON.parse: unexpected character at line 1 column 1 of the JSON data'),
    event('SyntaxError', "JSON Parse error: Unrecognized token '<'"),
  );
  same(event('RangeError', 'Maximum call stack size exceeded'), event('InternalError', 'too much recursion'));
  same(
    event('TypeError', 'Failed to fetch'),
    event('TypeError', 'NetworkError when attempting to fetch resource.', []),
    event('TypeError', 'Load failed', []),
  );
});

test('without a place, the property tells bugs apart', () => {
  same(
    event('TypeError', "Cannot read properties of null (reading 'price')", []),
    event('TypeError', "null is not an object (evaluating 'cart.item.price')", []),
  );
  different(
    event('TypeError', "Cannot read properties of null (reading 'price')", []),
    event('TypeError', "Cannot read properties of null (reading 'name')", []),
  );
});

test('changing values, lines and builds do not split an issue', () => {
  const rebuilt: Frame[] = [
    { function: 'total', filename: 'https://cdn.example/assets/shop-9xKq_3Zw.js?v=2', lineno: 9, colno: 1 },
  ];
  same(event('Error', 'Order 4711 is gone'), event('Error', 'Order 12 is gone', rebuilt));
  same(event('Error', 'No "tea" in stock'), event('Error', 'No "coffee" in stock'));
});

test('other places, other types and other words are other issues', () => {
  const elsewhere: Frame[] = [{ function: 'pay', filename: 'https://shop.example/assets/shop-DyQ2x9aB.js' }];
  different(event('Error', 'No'), event('Error', 'No', elsewhere), event('RangeError', 'No'), event('Error', 'Yes'));
});

test('a bug in a package belongs to its caller', () => {
  const inPackage = { function: 'invariant', filename: 'https://shop.example/node_modules/invariant/index.js' };
  const pay = { function: 'pay', filename: 'https://shop.example/shop.js' };
  const list = { function: 'list', filename: 'https://shop.example/shop.js' };
  different(
    event('Error', 'Invariant failed', [inPackage, pay]),
    event('Error', 'Invariant failed', [inPackage, list]),
  );
});

test('the fingerprint of the site wins, and can extend the usual one', () => {
  same(
    event('Error', 'One', [], { fingerprint: ['payment'] }),
    event('TypeError', 'Two', inShop, { fingerprint: ['payment'] }),
  );
  different(
    event('Error', 'One', [], { fingerprint: ['{{default}}', 'gold'] }),
    event('Error', 'Two', [], { fingerprint: ['{{default}}', 'gold'] }),
    event('Error', 'Two', [], { fingerprint: ['{{default}}', 'silver'] }),
    event('Error', 'Two', []),
  );
});

test('failed requests are grouped by method, address and outcome', () => {
  const request = (url: string, status?: number) =>
    event('', '', [], {
      mechanism: 'request',
      exceptions: [],
      request: { method: 'GET', url, ...(status ? { status, failure: 'http' } : { failure: 'network' }) },
    });
  same(request('https://api.example/orders/17?x=1', 500), request('https://api.example/orders/4', 500));
  different(
    request('https://api.example/orders/17', 500),
    request('https://api.example/orders/17'),
    request('https://api.example/users/17', 500),
  );
});

test('why events are together is told in words', () => {
  const { grouping } = fingerprintOf(event('TypeError', 'item is undefined'), markInApp(event('', '')));
  assert.deepEqual(grouping, {
    version: 'v1',
    reasons: [
      'The same thing happened, however browsers word it: a property of null or undefined was used. It is about `item`.',
      'It happened in a function `total`.',
      'No source map tells the line: with one, bugs are told apart by it.',
    ],
  });
});

test('frames of packages, extensions and engines are not the site', () => {
  const marks = (filename: string) => markInApp(event('Error', '', [{ filename }]))[0]?.[0]?.inApp;
  for (const foreign of [
    'chrome-extension://abc/x.js',
    'moz-extension://abc/x.js',
    '<anonymous>',
    '[native code]',
    'https://cdn.jsdelivr.net/npm/x.js',
    'https://a.example/node_modules/x.js',
    'https://a.example/assets/vendor-1a2b3c4d.js',
    'https://a.example/pagefault.js',
  ]) {
    assert.equal(marks(foreign), false, foreign);
  }
  for (const own of [
    'https://a.example/app.js',
    'https://a.example/',
    'webpack://shop/./src/cart.ts',
    'blob:https://a.example/1-2',
  ]) {
    assert.equal(marks(own), true, own);
  }
});

test('hashes, values and decorations are told from names', () => {
  assert.equal(withoutHash('app-3f9a2c1b.js'), 'app.js');
  assert.equal(withoutHash('app.3f9a2c1b.min.js'), 'app.min.js');
  assert.equal(withoutHash('index-DyQ2x9aB.js'), 'index.js');
  assert.equal(withoutHash('checkout-button.js'), 'checkout-button.js');
  assert.equal(withoutHash('my-dashboard.js'), 'my-dashboard.js');
  assert.equal(fileName('https://a.example/orders/17?x'), '/orders/<id>');
  assert.equal(urlPattern('https://a.example/api/v2/orders/17/lines?x=1'), 'a.example/api/v2/orders/<id>/lines');
  assert.equal(functionName('async Cart.total'), 'total');
  assert.equal(functionName('total/<'), '');
  assert.equal(functionName('new Cart'), 'Cart');
  assert.equal(functionName('Object.total [as sum]'), 'total');
  assert.equal(
    parametrize('Order 17 of ada@example.org at 2026-01-02T03:04:05Z'),
    'Order <number> of <e-mail> at <date>',
  );
  assert.equal(parametrize("can't find 'tea' at https://a.example/x"), "can't find <text> at a.example/x");
});

test('no message takes long, however it is built', () => {
  const parts = [
    'a',
    '1',
    '"',
    "'",
    '-',
    '.',
    ':',
    '/',
    '@',
    'is not a function',
    'x is undefined ',
    'in JSON at position ',
    '\n',
    '(',
    ' ',
  ];
  for (const part of parts) {
    notOutOfHand(part, () => key(event(part.repeat(200).slice(0, 200), part.repeat(2_000).slice(0, 2_000))));
  }
});
