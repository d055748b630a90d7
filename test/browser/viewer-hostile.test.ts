import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Batch, BatchEvent } from '../../src/protocol/batch.ts';
import { browserTest, type Page } from '../helpers/browser.ts';
import { press } from '../helpers/by-role.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { report, sees, signIn } from '../helpers/viewer.ts';

let collector: TestCollector;

before(async () => {
  collector = await startCollector();
});
after(() => collector.close());

const evil = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>';
const script = 'javascript:window.owned=1//';

const event: Partial<BatchEvent> = {
  exceptions: [
    { type: evil, value: evil, stack: 0 },
    { type: evil, value: evil, stack: 0, parent: 0, relation: 'cause' },
  ],
  trail: [0, 2],
  request: { method: evil, url: script, failure: 'network' },
};

const context: Partial<Batch> = {
  release: evil,
  environment: evil,
  session: evil,
  browser: { name: evil, version: evil },
  os: { name: evil, version: evil },
  device: { kind: 'desktop', model: evil },
  page: { url: script, title: evil, referrer: script, language: evil, timeZone: evil },
  user: { id: evil, name: evil, email: evil },
  tags: { [evil]: evil },
  extra: { [evil]: evil },
  files: [script],
  frames: [[evil, 0, 1, 1]],
  stacks: [[0]],
  trail: [
    { at: Date.now() - 50, kind: 'click', text: evil, data: { [evil]: evil } },
    { at: Date.now() - 40, kind: 'request', text: script, data: { url: script } },
  ],
};

/** Nothing of the event has become an element or a link, and nothing of it ran. */
async function isOnlyText(page: Page): Promise<void> {
  await sees(page, '<img src=x onerror=');
  assert.equal(await page.evaluate('document.querySelectorAll("img, #app script, iframe").length'), 0);
  const links = await page.evaluate<string[]>('[...document.links].map((link) => link.protocol)');
  assert.deepEqual([...new Set(links)], ['http:']);
  assert.equal(await page.evaluate('window.owned === undefined'), true);
  const bad = page.consoleMessages()?.filter(({ text }) => /content security policy|trusted/i.test(text));
  assert.deepEqual(bad ?? [], []);
}

browserTest('what a stranger writes into an event stays text, and their URLs are no links', async ({ page }) => {
  const { issueId } = await report(collector, event, context);
  await signIn(page, collector);
  await isOnlyText(page);
  await page.goto(`${collector.url}/issues/${issueId}`);
  await sees(page, 'What happened before');
  await sees(page, script);
  for (const folded of ['More', 'Extra']) await press(page, folded);
  // Whatever can be unfolded.
  await page.evaluate('document.querySelectorAll("details").forEach((details) => (details.open = true))');
  await sees(page, '"exceptions": [');
  await isOnlyText(page);
  for (const path of [
    '/issues',
    '/releases',
    `/releases?${String(new URLSearchParams({ project: '1', name: evil }))}`,
  ]) {
    await page.goto(collector.url + path);
    await isOnlyText(page);
  }
});
