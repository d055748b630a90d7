import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Hints } from '../../src/protocol/event.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';

let collector: TestCollector;

before(async () => (collector = await startCollector()));
after(() => collector.close());

/** What the collector makes of an event that says nothing of its browser. */
async function machineOf(userAgent: string, hints?: Hints) {
  const event = batchEvent();
  const { browser, os, ...rest } = batch([event], hints && { hints });
  assert.ok(browser && os);
  await send(collector.endpoint, JSON.stringify(rest), { 'user-agent': userAgent });
  const stored = await collector.waitForEvent((each) => each.event.id === event.id);
  assert.equal(stored.event.hints, undefined);
  return [stored.event.browser, stored.event.os, stored.event.device] as const;
}

const windows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const mac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15';

test('names browser, system and device by the header alone', async () => {
  assert.deepEqual(await machineOf(mac), [
    { name: 'Safari', version: '26.1' },
    { name: 'macOS', version: '10.15.7' },
    { kind: 'desktop' },
  ]);
});

test('tells an iPad from a Mac by its touch screen', async () => {
  const [, os, device] = await machineOf(mac, { touchPoints: 5 });
  assert.deepEqual([os?.name, device], ['iOS', { kind: 'tablet' }]);
});

test('shows the true versions that client hints tell', async () => {
  const fullVersionList = [
    { brand: 'Not_A Brand', version: '99.0.0.0' },
    { brand: 'Google Chrome', version: '142.0.7444.60' },
  ];
  assert.deepEqual(await machineOf(windows, { fullVersionList, platformVersion: '19.0.0' }), [
    { name: 'Chrome', version: '142.0.7444.60' },
    { name: 'Windows', version: '11' },
    { kind: 'desktop' },
  ]);
});

test('names the browsers that only client hints tell from Chrome', async () => {
  const brandsOf = (...brands: [string, string][]) => ({
    fullVersionList: [['Not;A=Brand', '8.0.0.0'], ['Chromium', '142.0.7444.60'], ...brands].map(
      ([brand = '', version = '']) => ({ brand, version }),
    ),
  });
  const [brave] = await machineOf(windows, brandsOf(['Brave', '142.1.84.132']));
  assert.deepEqual(brave, { name: 'Brave', version: '142.1.84.132' });
  const [bare] = await machineOf(windows, brandsOf());
  assert.deepEqual(bare, { name: 'Chromium', version: '142.0.7444.60' });
  const [edge] = await machineOf(`${windows} Edg/142.0.0.0`, brandsOf(['Microsoft Edge', '142.0.3595.53']));
  assert.deepEqual(edge, { name: 'Edge', version: '142.0.3595.53' });
  const [headless] = await machineOf(windows.replace('Chrome/', 'HeadlessChrome/'), brandsOf());
  assert.deepEqual(headless, { name: 'Chrome Headless', version: '142.0.7444.60' });
  const view = windows
    .replace(/\(Windows.*?\)/, '(Linux; Android 14; Pixel 8; wv)')
    .replace('Chrome', 'Version/4.0 Chrome');
  const [webView] = await machineOf(view, brandsOf(['Android WebView', '142.0.7444.60']));
  assert.equal(webView?.name, 'Chrome WebView');
});

test('names the browser in which it happened, also when a newer one sends it', async () => {
  const [browser] = await machineOf(windows.replace('142', '143'), { userAgent: windows });
  assert.deepEqual(browser, { name: 'Chrome', version: '142.0.0.0' });
});

test('keeps what a sender says itself', async () => {
  const event = batchEvent();
  await send(collector.endpoint, batch([event]), { 'user-agent': windows });
  const stored = await collector.waitForEvent((each) => each.event.id === event.id);
  assert.deepEqual(stored.event.browser, { name: 'Firefox', version: '140.0' });
});
