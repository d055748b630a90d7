import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GroupingRule, IssueDetail, IssueList } from '../../src/protocol/api.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';

const setRules = (collector: TestCollector, rules: GroupingRule[]) =>
  collector.api('/api/projects/1/grouping-rules', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules }),
  });

async function issueOf(collector: TestCollector, type: string, value: string): Promise<string> {
  const event = batchEvent({ exceptions: [{ type, value, stack: 0 }] });
  const frames: [string, number, number, number][] = [['pay', 0, 1, 1]];
  await send(collector.endpoint, batch([event], { files: ['https://shop.example/shop.js'], frames, stacks: [[0]] }));
  return (await collector.waitForEvent((found) => found.event.id === event.id)).issueId;
}

test('rules of a project put together what belongs together, and ignore from the start what nobody wants', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  await setRules(collector, [
    { match: { message: '*card*declined*' }, fingerprint: ['declined'] },
    { match: { type: 'BankError' }, fingerprint: ['declined'] },
    { match: { message: 'Tracker *', function: 'p*' }, ignore: true },
  ]);
  const first = await issueOf(collector, 'Error', 'The card was declined by its bank');
  assert.equal(await issueOf(collector, 'PayError', 'Card 12 DECLINED (limit)'), first);
  assert.equal(await issueOf(collector, 'BankError', 'No answer'), first);
  const issue = await collector.api<IssueDetail>(`/api/issues/${first}`);
  assert.deepEqual(issue.grouping.reasons, ['A rule says so, for message is like `*card*declined*`: `declined`.']);

  const ignored = await issueOf(collector, 'Error', 'Tracker blocked');
  assert.notEqual(ignored, first);
  assert.equal((await collector.api<IssueDetail>(`/api/issues/${ignored}`)).status, 'ignored');
  const { issues } = await collector.api<IssueList>('/api/issues?status=unresolved');
  assert.deepEqual(
    issues.map(({ id }) => id),
    [first],
  );
});

test('a rule that says of no event whether it fits is refused', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  await assert.rejects(setRules(collector, [{ match: {}, ignore: true }]));
  const misspelled = { type: 'TypeError', mesage: 'x' };
  await assert.rejects(setRules(collector, [{ match: misspelled, ignore: true }]), /400/);
  assert.deepEqual(await collector.api('/api/projects/1/grouping-rules'), { rules: [] });
});
