import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { IssueDetail, IssueList, Person } from '../../src/protocol/api.ts';
import type { BatchEvent } from '../../src/protocol/batch.ts';
import { browserTest } from '../helpers/browser.ts';
import { choose, place, press, seesAll, seesValue, textsOf, typeInto, valueOf } from '../helpers/by-role.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { report, sees, signIn } from '../helpers/viewer.ts';

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
  await typeInto(page, 'How many', '2');
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
  await press(page, 'Snooze');
  await choose(page, 'Until when', '2031-05-04T10:30');
  await press(page, 'Set time');
  await sees(page, 'Snoozed until May 4, 2031');
  const { snooze } = await collector.api<IssueDetail>(`/api/issues/${issueId}`);
  assert.equal(snooze?.until, await page.evaluate(`new Date('2031-05-04T10:30').getTime()`));
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

browserTest('what others do arrives in the open list and on the open issue, and nothing moves', async (test) => {
  const { page, engine, browser } = test;
  const names = [`Flask ${engine} one`, `Flask ${engine} two`];
  for (const name of names) await report(collector, broken(name));
  const { issueId } = await report(collector, broken(names[0] ?? ''));
  const others = (path: string, method: string, body: object) =>
    collector.api(`/api/issues/${issueId}${path}`, { method, body: JSON.stringify(body) });
  await signIn(page, collector, `/issues?query=${encodeURIComponent(`flask ${engine}`)}`);
  await sees(page, `${names[1]} is broken`);
  const titles = () => textsOf(page, 'link', place('list', 'Issues'));
  const before = await titles();
  const second = await browser.newPage();
  await second.goto(`${collector.url}/issues/${issueId}`);
  await sees(second, 'History and comments');
  await typeInto(second, 'Comment', 'I am about to say');

  await others('/comments', 'POST', { text: 'Mine, I look at it' });
  await sees(second, 'Mine, I look at it');
  await others('', 'PATCH', { status: 'resolved' });
  await sees(second, 'Reopen');
  await sees(second, 'API token resolved it');
  assert.equal(await valueOf(second, 'Comment'), 'I am about to say');
  await seesAll(page, 'listitem', (rows) => rows.some((row) => row.includes('resolved')));
  assert.deepEqual(await titles(), before);

  const grace = (await collector.api<Person[]>('/api/people')).find(({ name }) => name === 'Grace Hopper');
  await others('', 'PATCH', { assignee: grace?.id });
  await seesAll(page, 'listitem', (rows) => rows.some((row) => row.includes('Grace Hopper')));
  await seesValue(second, 'Assigned to', 'Grace Hopper');
  const { issues } = await collector.api<IssueList>(`/api/issues?query=${encodeURIComponent(names[1] ?? '')}`);
  await others('/merge', 'POST', { issues: issues.map(({ id }) => id) });
  await sees(second, 'API token merged into this one');
  await seesAll(
    page,
    'link',
    ([only, ...rest]) => only?.includes(names[0] ?? '-') === true && !rest.length,
    place('list', 'Issues'),
  );
});

browserTest('an issue is assigned to a person, and everybody sees to whom', async ({ page, engine }) => {
  const { issueId } = await report(collector, broken(`Drum ${engine}`));
  await signIn(page, collector, `/issues/${issueId}`);
  await choose(page, 'Assigned to', 'Grace Hopper');
  await sees(page, 'Administrator assigned it to Grace Hopper');
  await page.reload();
  await seesValue(page, 'Assigned to', 'Grace Hopper');
  await choose(page, 'Assigned to', 'Nobody');
  await sees(page, 'Administrator assigned it to nobody');
});

browserTest('a comment stays with its author and is text, whatever it looks like', async ({ page, engine }) => {
  const { issueId } = await report(collector, broken(`Easel ${engine}`));
  await signIn(page, collector, `/issues/${issueId}`);
  const text = `<img src=x onerror=alert(1)> ${engine}`;
  await typeInto(page, 'Comment', text);
  await press(page, 'Comment');
  await sees(page, text);
  await page.reload();
  await sees(page, text);
  await sees(page, 'Administrator wrote');
  assert.equal(await page.evaluate('document.images.length'), 0);
});
