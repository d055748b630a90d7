import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import type { EventList, IssueList } from '../../src/protocol/api.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';

async function dataFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pagefault-durability-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function startProcess(t: TestContext, dataDir: string, flags: string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, 'collector-process.ts'), dataDir], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, endpoint: `${url}/in/testkey` };
}

async function allEventIds(collector: TestCollector): Promise<string[]> {
  const { issues } = await collector.api<IssueList>('/api/issues');
  const ids: string[] = [];
  for (const issue of issues) {
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor && `&cursor=${cursor}`;
      const page: EventList = await collector.api(`/api/issues/${issue.id}/events?limit=100${query}`);
      ids.push(...page.events.map(({ id }) => id));
      cursor = page.next;
    }
  }
  return ids;
}

/** Of all that was kept, answered or not, none is there twice; of what was answered, none is missing. Answers with their ids. */
async function assertOnce(collector: TestCollector, answered: string[]): Promise<string[]> {
  const kept = await allEventIds(collector);
  assert.equal(new Set(kept).size, kept.length, 'none is there twice');
  assert.deepEqual(
    answered.filter((id) => !kept.includes(id)),
    [],
  );
  return kept;
}

test('every answered event is there once after kill -9 at any moment', async (t) => {
  const dataDir = await dataFolder(t);
  const answered: string[] = [];
  const answeredInAll: number[] = [];
  for (const killAfterAnswers of [1, 12, 40]) {
    const { child, endpoint } = await startProcess(t, dataDir);
    let answers = 0;
    const sender = async () => {
      while (child.exitCode === null && child.signalCode === null) {
        const events = [
          batchEvent(),
          batchEvent({ exceptions: [{ type: 'TypeError', value: 'x is not a function' }] }),
        ];
        const sent = await send(endpoint, batch(events)).catch(() => undefined);
        if (sent?.status !== 202) return;
        answered.push(...events.map(({ id }) => id));
        if (++answers === killAfterAnswers) child.kill('SIGKILL');
      }
    };
    const exited = once(child, 'exit');
    await Promise.all([exited, ...Array.from({ length: 8 }, sender)]);
    answeredInAll.push(answers);
  }
  assert.ok(answeredInAll.every((answers) => answers > 0));

  const collector = await startCollector({ dataDir });
  t.after(() => collector.close());
  // What was kept, but not answered any more, is filed as well.
  await collector.digested();
  const kept = await assertOnce(collector, answered);
  const { issues } = await collector.api<IssueList>('/api/issues');
  assert.equal(
    issues.reduce((sum, { events }) => sum + events, 0),
    kept.length,
    'the counts are those of the events',
  );
});

test('every answered event is there once after a loss of power: what was not on the disk is gone', async (t) => {
  const dataDir = await dataFolder(t);
  const synced = join(await dataFolder(t), 'synced');
  const observer = join(import.meta.dirname, 'note-syncs.ts');
  const { child, endpoint } = await startProcess(t, dataDir, ['--import', observer], { PAGEFAULT_SYNCS: synced });
  const answered: string[] = [];
  const sender = async () => {
    while (child.exitCode === null && child.signalCode === null) {
      const events = [batchEvent(), batchEvent()];
      const sent = await send(endpoint, batch(events)).catch(() => undefined);
      if (sent?.status !== 202) return;
      answered.push(...events.map(({ id }) => id));
      if (answered.length > 40) child.kill('SIGKILL');
    }
  };
  const exited = once(child, 'exit');
  await Promise.all([exited, ...Array.from({ length: 8 }, sender)]);
  assert.ok(answered.length > 40);
  // The database itself is as it was after the start: so little is not copied into it from its log.
  truncateSync(join(dataDir, 'pagefault.db-wal'), existsSync(synced) ? Number(readFileSync(synced, 'utf8')) : 0);

  const collector = await startCollector({ dataDir });
  t.after(() => collector.close());
  await collector.digested();
  await assertOnce(collector, answered);
});

test('an event that cannot be read any more does not hold up the others', async (t) => {
  const dataDir = await dataFolder(t);
  const first = await startCollector({ dataDir });
  const before = batchEvent();
  await send(first.endpoint, batch([before]));
  await first.waitForEvent(({ event }) => event.id === before.id);
  await first.close();

  const database = new DatabaseSync(join(dataDir, 'pagefault.db'));
  database.exec(`INSERT INTO events (project_id, id, received_at, happened_at, encoding, body)
    VALUES (1, 'damaged-event-0001', 1, 1, 1, x'00ff'), (1, 'damaged-event-0002', 1, 1, 0, x'7b')`);
  database.close();

  const second = await startCollector({ dataDir });
  t.after(() => second.close());
  const after = batchEvent();
  await send(second.endpoint, batch([after]));
  await second.waitForEvent(({ event }) => event.id === after.id);
  const damaged = await second.waitForEvent(({ event }) => event.id === 'damaged-event-0002');
  assert.equal(damaged.event.message, 'An event in the database cannot be read any more.');
});

test('SIGTERM under load ends it in good order: what was answered is there once', async (t) => {
  const dataDir = await dataFolder(t);
  const answered: string[] = [];
  const program = join(import.meta.dirname, '../../src/cli/bin.ts');
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--data', dataDir], {
    env: { PATH: process.env['PATH'], PAGEFAULT_KEY: 'testkey0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  let endpoint = '';
  for await (const line of createInterface(child.stdout)) {
    endpoint = /Endpoint\s+(\S+)/.exec(line)?.[1] ?? '';
    if (endpoint) break;
  }
  child.stdout.resume();
  const exited = once(child, 'exit');
  const sender = async () => {
    for (;;) {
      const events = Array.from({ length: 20 }, () => batchEvent());
      const sent = await send(endpoint, batch(events)).catch(() => undefined);
      if (!sent) return;
      if (sent.status === 202) answered.push(...events.map(({ id }) => id));
      // A second signal would end it at once.
      if (answered.length > 400 && !child.killed) child.kill('SIGTERM');
    }
  };
  await Promise.all(Array.from({ length: 8 }, sender));
  const [code] = (await exited) as [number | null];
  assert.equal(code, 0);
  assert.ok(answered.length > 400);
  const database = new DatabaseSync(join(dataDir, 'pagefault.db'), { readOnly: true });
  t.after(() => database.close());
  assert.equal(database.prepare('PRAGMA integrity_check').get()?.['integrity_check'], 'ok');

  const collector = await startCollector({ dataDir });
  t.after(() => collector.close());
  // What was kept, but not answered any more, is filed as well.
  await collector.digested();
  await assertOnce(collector, answered);
});
