import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IssueList } from '../../src/protocol/api.ts';
import { send } from '../helpers/batches.ts';
import { startCollector } from '../helpers/collector.ts';

// As Chromium 156 sent it; `reason` as it is when memory has run out.
const report = (age: number, body: object = {}) => ({
  age,
  body: {
    crash_report_api: { pagefault: '{"release":"2.0","session":"s1","trail":[{"at":1,"kind":"click","text":"b"}]}' },
    is_top_level: true,
    visibility_state: 'visible',
    ...body,
  },
  type: 'crash',
  url: 'https://shop.example/cart',
  user_agent: 'Mozilla/5.0',
});
const headers = { 'content-type': 'application/reports+json' };

test('crash reports become issues by their reason, each once, however often the browser sends them', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const first = JSON.stringify([report(13), report(20, { reason: 'oom' }), { type: 'deprecation', body: {} }]);
  const again = JSON.stringify([report(60_013)]);
  assert.equal((await send(collector.endpoint, first, headers)).answer.accepted, 2);
  assert.equal((await send(collector.endpoint, again, headers)).answer.duplicates, 1);
  await collector.waitForEvent(({ event }) => event.message === 'out of memory');
  await collector.waitForEvent(({ event }) => event.message === 'tab crashed');
  const { issues } = await collector.api<IssueList>('/api/issues');
  assert.deepEqual(issues.map(({ title, events }) => `${title} ${events}`).sort(), [
    'out of memory 1',
    'tab crashed 1',
  ]);
  const metrics = await fetch(`${collector.url}/metrics`, { headers: { authorization: `Bearer ${collector.token}` } });
  const counts = (await metrics.text()).split('\n').filter((line) => line.startsWith('pagefault_events_total'));
  assert.deepEqual(counts, [
    'pagefault_events_total{result="accepted"} 2',
    'pagefault_events_total{result="duplicate"} 1',
  ]);
});

test('what is no report breaks nothing', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  for (const body of ['', '{', 'null', '[null, 1, {"type":"crash"}, {"type":"crash","body":{"crash_report_api":7}}]']) {
    assert.equal((await send(collector.endpoint, body, headers)).status, 202);
  }
});

test('a browser may ask first whether it may send reports', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const { status, headers } = await fetch(collector.endpoint, { method: 'OPTIONS' });
  assert.equal(status, 204);
  assert.match(headers.get('access-control-allow-headers') ?? '', /content-type/);
});
