import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { browserTest } from '../helpers/browser.ts';
import { startCollector } from '../helpers/collector.ts';
import { assertPlace, placeOf } from '../helpers/place.ts';
import { startSite, type Site } from '../helpers/site.ts';

const browserNames = { chromium: 'Chrome Headless', firefox: 'Firefox', webkit: 'Safari' };

const script = `document.querySelector('#buy').addEventListener('click', function buy() {
  throw new RangeError('only 3 left');
});
`;

let collector: Awaited<ReturnType<typeof startCollector>>;
let site: Site;

before(async () => {
  collector = await startCollector();
  const tag = `<script src="${collector.url}/pagefault.js" data-endpoint="${collector.endpoint}"
    data-release="1.4.2" data-environment="test"></script>`;
  const html = `<!doctype html><title>Shop</title>${tag}<button id="buy">Buy</button><script src="/shop.js"></script>`;
  site = await startSite({ files: { '/': html, '/shop.js': script } });
});

after(async () => {
  await site.close();
  await collector.close();
});

browserTest('an error after a click reaches the collector from a page with nothing but the tag', async (context) => {
  const { page, engine } = context;
  const url = `${site.url}/?in=${engine}`;
  await page.goto(url);
  await page.click('#buy');
  const { event } = await collector.waitForEvent(({ event }) => event.page?.url === url);

  const [exception] = event.exceptions;
  assert.equal(exception?.type, 'RangeError');
  assert.equal(exception?.value, 'only 3 left');
  const frame = exception?.frames[0] ?? {};
  // Chromium also names what `this` is: HTMLButtonElement.buy.
  assert.equal(frame.function?.split('.').at(-1), 'buy');
  assert.equal(frame.filename, `${site.url}/shop.js`);
  assertPlace(frame, placeOf(script, /throw new RangeError\('only 3 left'\)/));

  assert.equal(event.level, 'error');
  assert.equal(event.mechanism, 'onerror');
  assert.equal(event.handled, false);
  assert.equal(event.release, '1.4.2');
  assert.equal(event.environment, 'test');
  assert.equal(event.page?.title, 'Shop');
  assert.deepEqual(event.page?.viewport, [1280, 800]);
  assert.equal(event.browser?.name, browserNames[engine]);
  assert.match(event.browser?.version ?? '', /^\d+\./);
  assert.equal(event.os?.name, 'Linux');
  const click = event.breadcrumbs.find((breadcrumb) => breadcrumb.kind === 'click');
  assert.equal(click?.text, 'button#buy');
});
