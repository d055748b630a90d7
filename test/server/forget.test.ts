import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { IssueList } from '../../src/protocol/api.ts';
import type { LogList } from '../../src/protocol/log-api.ts';
import { batch, batchEvent, logRecord, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { until } from '../helpers/until.ts';

const secret = 'lovelace1815';
const [bugs, ofEach] = [4, 200];

/** Many events of one user in several issues, each of which has one of another, and records of both. */
async function startWithBoth(t: TestContext) {
  const dataDir = await mkdtemp(join(tmpdir(), 'pagefault-forget-'));
  const collector = await startCollector({ dataDir });
  t.after(async () => {
    await collector.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const failing = (bug: number, id: string, words: string) =>
    batchEvent({
      exceptions: [{ type: 'Error', value: `Bug ${bug} of ${words}` }],
      fingerprint: [`bug ${bug}`],
      user: { id },
      extra: { diary: words },
    });
  for (let bug = 0; bug < bugs; bug++) {
    await send(collector.endpoint, batch([failing(bug, 'bob', 'anyone')]));
    for (let sent = 0; sent < ofEach; sent += 50) {
      await send(collector.endpoint, batch(Array.from({ length: 50 }, () => failing(bug, 'ada', secret))));
    }
  }
  for (const [id, text] of [
    ['ada', secret],
    ['bob', 'anyone'],
  ] as const) {
    await send(collector.endpoint, batch([], { user: { id }, records: [logRecord({ text: `order of ${text}` })] }));
  }
  await collector.digested();
  return { dataDir, collector };
}

const list = ({ api }: TestCollector, query = '') => api<IssueList>(`/api/issues?limit=100&query=${query}`);
const eventsLeft = async (collector: TestCollector) =>
  (await list(collector)).issues.reduce((sum, { events }) => sum + events, 0);

async function forget({ url, token }: TestCollector): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(`${url}/api/projects/1/forget`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"user":"ada"}',
  });
  return { status: response.status, answer: await response.json() };
}

async function assertOnlyBobIsLeft(collector: TestCollector, dataDir: string): Promise<void> {
  const { issues } = await list(collector);
  assert.deepEqual(
    issues.map(({ events, users, title }) => [events, users, title.replace(/\d/, 'N')]),
    Array(bugs).fill([1, 1, 'Error: Bug N of anyone']),
  );
  assert.deepEqual((await list(collector, secret)).issues, []);
  assert.equal((await list(collector, 'anyone')).issues.length, bugs);
  const { records } = await collector.api<LogList>('/api/records');
  assert.deepEqual(
    records.map(({ text }) => text),
    ['order of anyone'],
  );
  for (const name of readdirSync(dataDir).filter((file) => file.startsWith('pagefault.db'))) {
    assert.ok(!readFileSync(join(dataDir, name)).includes(secret), name);
  }
}

test('others are answered while a user with many events is deleted', async (t) => {
  const { dataDir, collector } = await startWithBoth(t);
  const all = bugs * (ofEach + 1);
  assert.equal(await eventsLeft(collector), all);
  const seen = new Set<number>();
  let isAnswered = false;
  const forgetting = forget(collector).finally(() => (isAnswered = true));
  while (!isAnswered) seen.add(await eventsLeft(collector));
  assert.deepEqual(await forgetting, { status: 200, answer: { deleted: bugs * ofEach + 1, isDone: true } });
  const between = [...seen].filter((left) => left > bugs && left < all);
  assert.ok(between.length > 2, `between ${all} and ${bugs}: ${between.join()}`);
  await assertOnlyBobIsLeft(collector, dataDir);
  assert.deepEqual((await forget(collector)).answer, { deleted: 0, isDone: true });
});

test('deleting a user goes on after a stop in the middle, and tells how many it were in all', async (t) => {
  const { dataDir, collector } = await startWithBoth(t);
  const all = bugs * (ofEach + 1);
  const forgetting = forget(collector);
  await until(
    async () => (await eventsLeft(collector)) < all,
    () => 'nothing is deleted',
  );
  await collector.close();
  const { status, answer } = await forgetting;
  const { deleted } = answer as { deleted: number };
  assert.deepEqual([status, answer], [202, { deleted, isDone: false }]);
  assert.ok(deleted > 0 && deleted < bugs * ofEach, `${deleted} deleted when it stopped`);

  const again = await startCollector({ dataDir });
  t.after(() => again.close());
  await until(
    async () => (await eventsLeft(again)) === bugs,
    () => 'events of the user are left',
  );
  assert.deepEqual(await forget(again), { status: 200, answer: { deleted: bugs * ofEach + 1, isDone: true } });
  await assertOnlyBobIsLeft(again, dataDir);
});

test('an issue of which nothing was left has its words again when it happens to another', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const failing = (id: string) => ({
    ...batchEvent({ exceptions: [{ type: 'Error', value: 'The glaze ran' }] }),
    user: { id },
  });
  await send(collector.endpoint, batch([failing('ada')]));
  await collector.digested();
  await forget(collector);
  const found = async () => (await list(collector)).issues.map(({ id, title, events }) => ({ id, title, events }));
  const [{ id = '' } = {}] = await found();
  assert.deepEqual(await found(), [{ id, title: '(deleted with the user that it happened to)', events: 0 }]);
  await send(collector.endpoint, batch([failing('bob'), failing('bob')]));
  await collector.digested();
  assert.deepEqual(await found(), [{ id, title: 'Error: The glaze ran', events: 2 }]);
  assert.equal((await list(collector, 'glaze')).issues.length, 1);
});
