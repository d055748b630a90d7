import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IssueDetail, IssueList } from '../../src/protocol/api.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector } from '../helpers/collector.ts';

test('an event that arrives becomes an issue that can be read', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const event = batchEvent();
  const { status, answer } = await send(collector.endpoint, batch([event]));
  assert.equal(status, 202);
  assert.deepEqual(answer, { accepted: 1, duplicates: 0, refused: 0, problems: [] });

  const stored = await collector.waitForEvent((found) => found.event.id === event.id);
  assert.equal(stored.frames[0]?.[0]?.function, 'addToCart');
  assert.equal(stored.frames[0]?.[0]?.inApp, true);
  const { issues, total } = await collector.api<IssueList>('/api/issues');
  assert.equal(total, 1);
  assert.equal(issues[0]?.title, 'Error: Out of stock');
  assert.equal(issues[0]?.culprit, 'addToCart in shop.js');
  assert.equal(issues[0]?.hourly.at(-1), 1);
  const issue = await collector.api<IssueDetail>(`/api/issues/${stored.issueId}`);
  assert.equal(issue.latestEventId, event.id);
  assert.equal(issue.daily.at(-1), 1);
  assert.deepEqual(issue.distributions.find(({ property }) => property === 'browser')?.values, [
    { value: 'Firefox 140.0', count: 1 },
  ]);
});
