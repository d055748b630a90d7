import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCleaner, createScrub } from '../../src/client/scrub.ts';
import { limits } from '../../src/protocol/limits.ts';
import { clientEvent } from '../helpers/client-event.ts';

const endpoint = 'https://errors.example/in/KEY';
const scrub = createScrub(createCleaner({ endpoint, mask: [/^birth/, 'salary'] }));

test('masks values by the name they stand under, own names too', () => {
  const { extra, tags, session } = scrub(
    clientEvent({
      extra: {
        password: 'p',
        user: {
          apiKey: 'k',
          'X-Auth-Token': 't',
          card: { number: 4111 },
          birthday: 'b',
          salaryInEuro: 1,
          plan: 'free',
        },
        list: [{ secret: 1 }],
      },
      tags: { token: 't', plan: 'free' },
    }),
  );
  const masked = '[masked]';
  assert.deepEqual(extra, {
    password: masked,
    user: {
      apiKey: masked,
      'X-Auth-Token': masked,
      card: masked,
      birthday: masked,
      salaryInEuro: masked,
      plan: 'free',
    },
    list: [{ secret: masked }],
  });
  assert.deepEqual(tags, { token: masked, plan: 'free' });
  assert.equal(session, 'session-of-the-page');
});

test('takes credentials and secret query values out of URLs, wherever they stand', () => {
  const url = 'https://ann:pw@shop.example/a?id=7&access_token=abc&sessionid=9#reset_password=xyz&tab=2';
  const clean = 'https://shop.example/a?id=7&access_token=[masked]&sessionid=[masked]#reset_password=[masked]&tab=2';
  const event = scrub(
    clientEvent(
      { page: { url, referrer: url }, message: `see ${url} now`, request: { method: 'GET', url, failure: 'http' } },
      { value: `cannot load ${url}`, frames: [{ filename: url }] },
    ),
  );
  assert.equal(event.page?.url, clean);
  assert.equal(event.page?.referrer, clean);
  assert.equal(event.message, `see ${clean} now`);
  assert.equal(event.request?.url, clean);
  assert.equal(event.exceptions[0]?.value, `cannot load ${clean}`);
  assert.equal(event.exceptions[0]?.frames[0]?.filename, clean);
});

test('takes whatever is in extra, and keeps to the limits', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const extra = {
    cyclic,
    big: 10n,
    symbol: Symbol('s'),
    date: new Date(0),
    error: new Error('inner'),
    long: 'x'.repeat(9_000),
    wide: Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`k${i}`, i])),
    get hostile() {
      throw new Error('never seen');
    },
  };
  const clean = scrub(clientEvent({ extra })).extra ?? {};
  assert.ok(JSON.stringify(clean).length < 20_000);
  assert.equal(clean['big'], '10');
  assert.equal(clean['error'], 'Error: inner');
  assert.equal(String(clean['long']).length, limits.string);
  assert.equal(Object.keys(clean['wide'] as object).length, limits.keys);
  assert.equal(clean['hostile'], undefined);
});

test('cleans breadcrumbs too: beforeSend may have touched them', () => {
  const breadcrumbs = [{ at: 1, kind: 'custom' as const, text: 'https://x.example/?token=1', data: { password: 'p' } }];
  const [crumb] = scrub(clientEvent({ breadcrumbs })).breadcrumbs;
  assert.deepEqual([crumb?.text, crumb?.data], ['https://x.example/?token=[masked]', { password: '[masked]' }]);
});

test('an object whose every key leads back to it takes bounded time and room', () => {
  const store: Record<string, unknown> = {};
  for (let i = 0; i < limits.keys; i++) store[`key${i}`] = store;
  const text = JSON.stringify(scrub(clientEvent({ extra: { store } })).extra);
  assert.ok(text.length < limits.objects * limits.keys * 30, `${text.length} characters`);
});
