import assert from 'node:assert/strict';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { browserTest } from '../helpers/browser.ts';
import { press, textsOf } from '../helpers/by-role.ts';
import { startCollector } from '../helpers/collector.ts';
import { report, sees, signIn } from '../helpers/viewer.ts';

const error = (value: string) => ({ exceptions: [{ type: 'Error', value, stack: 0 }] });

browserTest('the start page tells what is new, what was not kept and why, and shows what arrives', async ({ page }) => {
  const collector = await startCollector();
  try {
    await send(collector.endpoint, batch([], { dropped: { 'resize-observer': 48 } }));
    await report(collector, error('Jug is broken'));
    await signIn(page, collector, '/');
    await sees(page, '1 new issue in the last 24 hours');
    await sees(page, 'Jug is broken');
    await sees(page, 'ResizeObserver loop notices');
    await sees(page, '48');
    await sees(page, 'Firefox 140.0');
    await sees(page, '1 event in all');
    await report(collector, error('Cup is broken'));
    await sees(page, '2 new issues in the last 24 hours');
    await sees(page, 'Cup is broken');
    await press(page, 'Error: Jug is broken');
    await sees(page, 'Resolve');
    assert.match(await page.url(), /\/issues\/\d+$/);
  } finally {
    await collector.close();
  }
});

browserTest('before the first report the start page says how to begin, and turns over by itself', async ({ page }) => {
  const collector = await startCollector();
  try {
    await signIn(page, collector, '/');
    await sees(page, 'Waiting for the first report');
    await sees(page, `data-endpoint="${collector.endpoint}"`);
    await report(collector, error('First of all'));
    await sees(page, 'First of all');
  } finally {
    await collector.close();
  }
});

browserTest('a release tells what it brought and cured, and which scripts have no map', async ({ page }) => {
  const collector = await startCollector();
  try {
    const at = Date.now() - 60_000;
    const old = [error('Old leak'), error('Cured crack')].map((fields) => batchEvent({ ...fields, at }));
    await send(collector.endpoint, batch(old, { release: 'shop@1.0' }));
    await report(collector, error('Old leak'), { release: 'shop@1.1', user: { id: 'ada' } });
    await report(collector, error('New crack'), { release: 'shop@1.1', user: { id: 'bob' } });
    await signIn(page, collector, '/releases');
    await sees(page, 'shop@1.0');
    await press(page, 'shop@1.1');
    await sees(page, '2 events from 2 users');
    await sees(page, 'New crack');
    await sees(page, 'Cured crack');
    await sees(page, 'shop.js');
    const sections = await textsOf(page, 'region');
    assert.match(sections.find((text) => text.startsWith('Brought')) ?? '', /New crack/);
    assert.match(sections.find((text) => text.startsWith('Cured')) ?? '', /Cured crack/);
    assert.ok(!sections.join().includes('Old leak'), 'what stayed is neither');
    await press(page, 'All its issues');
    await sees(page, 'Old leak');
  } finally {
    await collector.close();
  }
});

browserTest('links to the list from before the overview lead to the list', async ({ page }) => {
  const collector = await startCollector();
  try {
    await report(collector, error('Leak'));
    await signIn(page, collector, '/?query=leak&status=all');
    await sees(page, 'Leak');
    assert.equal(await page.url(), `${collector.url}/issues?query=leak&status=all`);
  } finally {
    await collector.close();
  }
});
