import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startCollector, type TestCollector } from '../helpers/collector.ts';

let collector: TestCollector;
before(async () => {
  collector = await startCollector({ demo: true });
});
after(() => collector.close());

const get = (path: string) => fetch(collector.url + path);
const post = (path: string, body: unknown) =>
  fetch(collector.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('each page of the shop is the same document, and names the key it reports with', async () => {
  for (const path of ['/demo/', '/demo/cart', '/demo/pot/tea-bowl']) {
    const page = await get(path);
    assert.equal(page.status, 200);
    assert.equal(page.headers.get('reporting-endpoints'), `default="/in/${collector.key}"`);
    assert.match(await page.text(), new RegExp(`content="/in/${collector.key}"`));
  }
});

test('the shop may run scripts of its own and of its other loopback name only', async () => {
  const policy = (await get('/demo/')).headers.get('content-security-policy') ?? '';
  assert.match(policy, /script-src 'self' http:\/\/localhost:\d+ http:\/\/127\.0\.0\.1:\d+(;|$)/);
  assert.doesNotMatch(policy, /unsafe/);
});

test('a cart is priced by the shop, whatever the page says', async () => {
  const answer = await post('/demo/api/cart', { items: { 'morning-mug': 2, 'no-such-pot': 1, planter: -1, total: 0 } });
  const { lines, goods, shipping, total } = (await answer.json()) as Record<string, number> & { lines: unknown[] };
  assert.equal(lines.length, 1);
  assert.deepEqual({ goods, shipping, total }, { goods: 4_800, shipping: 590, total: 5_390 });
});

test('a pot that is not there is 404', async () => {
  assert.equal((await get('/demo/api/products/spoon')).status, 404);
});

test('what fails, fails as it should', async () => {
  assert.equal((await get('/demo/api/suggestions')).status, 500);
  await assert.rejects(get('/demo/api/store-stock'), TypeError);
  const reviews = await get('/demo/api/reviews');
  assert.equal(reviews.status, 200);
  assert.match(await reviews.text(), /^<!doctype html>/);
  assert.equal((await get('/demo/broken/glaze-detail.jpg')).status, 404);
});

test('without --demo there is no shop', async () => {
  const plain = await startCollector();
  try {
    assert.equal((await fetch(`${plain.url}/demo/api/products`)).status, 404);
    assert.doesNotMatch(await (await fetch(`${plain.url}/demo/`)).text(), /Crackle/);
  } finally {
    await plain.close();
  }
});
