import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { IssueDetail } from '../../src/protocol/api.ts';
import { browserTest } from '../helpers/browser.ts';
import { press, typeInto } from '../helpers/by-role.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { report, sees, signIn } from '../helpers/viewer.ts';

let collector: TestCollector;

before(async () => {
  collector = await startCollector();
});
after(() => collector.close());

const read = (id: string) => collector.api<IssueDetail>(`/api/issues/${id}`);

browserTest('a person merges another issue into this one, sees who did it, and undoes it', async ({ page, engine }) => {
  const value = (word: string) => ({ exceptions: [{ type: 'Error', value: `The ${word} of ${engine} is lost` }] });
  const { issueId } = await report(collector, value('hammer'));
  const other = await report(collector, value('chisel'));
  const { number } = await read(other.issueId);
  await signIn(page, collector, `/issues/${issueId}`);
  await sees(page, '1 event');
  await press(page, 'Merge another issue into this one');
  await typeInto(page, 'Search the issue to merge', `chisel ${engine}`);
  await sees(page, `The chisel of ${engine} is lost`);
  await press(page, `Merge #${number}`);
  await sees(page, '2 events');
  await sees(page, `Administrator merged into this one #${number}`);
  await sees(page, `merged into this one #${number} Error: The chisel of ${engine} is lost by hand`);
  assert.equal((await read(other.issueId)).id, issueId);
  await press(page, 'Undo');
  await page.waitFor(`!document.body.innerText.includes('by hand')`);
  await sees(page, `Administrator took out again #${number}`);
  assert.equal((await read(other.issueId)).id, other.issueId);
});

browserTest('a person splits off events like the one shown, and puts them back', async ({ page, engine }) => {
  const event = { mechanism: 'message' as const, message: `The saw of ${engine} is blunt`, exceptions: [] };
  const { issueId } = await report(collector, event, { page: { url: 'https://shop.example/bench' } });
  const second = await report(collector, event, { page: { url: 'https://shop.example/shed' } });
  assert.equal(second.issueId, issueId);
  await signIn(page, collector, `/issues/${issueId}`);
  await sees(page, '2 events');
  await press(page, 'Split off events like the one shown');
  await sees(page, 'Administrator split off #');
  const [correction] = (await read(issueId)).corrections;
  await page.goto(`${collector.url}/issues/${correction?.issue.id}`);
  await sees(page, 'split this one off #');
  await press(page, 'Undo');
  await page.waitFor(`location.pathname === '/issues/${issueId}'`);
  await sees(page, '2 events');
});
