import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { BatchEvent } from '../../src/protocol/batch.ts';
import { browserTest } from '../helpers/browser.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { choose, press, report, sees, signIn } from '../helpers/viewer.ts';

let collector: TestCollector;

before(async () => {
  collector = await startCollector();
  for (const name of ['Ada Lovelace', 'Grace Hopper']) {
    await collector.api('/api/people', { method: 'POST', body: JSON.stringify({ name, role: 'member' }) });
  }
});
after(() => collector.close());

const broken = (name: string): Partial<BatchEvent> => ({
  fingerprint: [name],
  exceptions: [{ type: 'TypeError', value: `${name} is broken`, stack: 0 }],
});

browserTest('resolved in the next release, an issue opens again with that one only', async ({ page, engine }) => {
  const name = `Anvil ${engine}`;
  const { issueId } = await report(collector, broken(name), { release: `2.0.${engine.length}` });
  await signIn(page, collector, `/issues/${issueId}`);
  await press(page, 'Resolve in a release');
  await press(page, 'In the next release');
  await sees(page, 'An event of a later release opens it again.');
  await report(collector, broken(name), { release: '1.9.0' });
  await sees(page, '2 events');
  await sees(page, 'An event of a later release opens it again.');
  await report(collector, broken(name), { release: `3.0.0-${engine}` });
  await sees(page, `It happened again in 3.0.0-${engine}`);
  await sees(page, 'Ignore');
});

browserTest('a snoozed issue is out of the list until it has happened often enough', async ({ page, engine }) => {
  const name = `Barrel ${engine}`;
  const { issueId } = await report(collector, broken(name));
  await signIn(page, collector, `/issues/${issueId}`);
  await press(page, 'Snooze');
  await page.type('[aria-label="How many"]', '2');
  await press(page, 'Set');
  await sees(page, 'Snoozed until 2 more events.');
  await sees(page, 'Administrator snoozed it until 2 more events');
  await report(collector, broken(name));
  await sees(page, 'Snoozed until 1 more event.');
  await page.goto(`${collector.url}/issues?query=${encodeURIComponent(name)}`);
  await sees(page, 'Nothing matches this search');
  await page.goto(`${collector.url}/issues?status=snoozed&query=${encodeURIComponent(name)}`);
  await sees(page, `${name} is broken`);
  await page.goto(`${collector.url}/issues/${issueId}`);
  await sees(page, 'Snoozed until 1 more event.');
  await report(collector, broken(name));
  await sees(page, 'The snooze has ended');
});

browserTest('an issue is ignored and opened again by keys', async ({ page, engine }) => {
  const { issueId } = await report(collector, broken(`Candle ${engine}`));
  await signIn(page, collector, `/issues/${issueId}`);
  await sees(page, 'Ignore');
  await page.press('?');
  await sees(page, 'resolve, or open again');
  await page.press('Escape');
  await page.press('i');
  await sees(page, 'Ignored: it is counted, and tells nobody.');
  await page.press('r');
  await sees(page, 'The next event opens it again.');
  await page.press('r');
  await sees(page, 'Administrator opened it again');
});

browserTest('an issue is assigned to a person, and everybody sees to whom', async ({ page, engine }) => {
  const { issueId } = await report(collector, broken(`Drum ${engine}`));
  await signIn(page, collector, `/issues/${issueId}`);
  await choose(page, 'Assigned to', 'Grace Hopper');
  await sees(page, 'Administrator assigned it to Grace Hopper');
  await page.reload();
  await page.waitFor(
    `[...document.querySelectorAll('select')].some((box) => box.selectedOptions[0].text === 'Grace Hopper')`,
  );
  await choose(page, 'Assigned to', 'Nobody');
  await sees(page, 'Administrator assigned it to nobody');
});

browserTest('a comment stays with its author and is text, whatever it looks like', async ({ page, engine }) => {
  const { issueId } = await report(collector, broken(`Easel ${engine}`));
  await signIn(page, collector, `/issues/${issueId}`);
  const text = `<img src=x onerror=alert(1)> ${engine}`;
  await page.type('[aria-label=Comment]', text);
  await press(page, 'Comment');
  await sees(page, text);
  await page.reload();
  await sees(page, text);
  await sees(page, 'Administrator wrote');
  assert.equal(await page.evaluate('document.images.length'), 0);
});
