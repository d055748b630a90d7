import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import type { IssueList } from '../../src/protocol/api.ts';
import { createDigest } from '../../src/server/digest.ts';
import { batch, batchEvent, send, type Sent } from '../helpers/batches.ts';
import { startCollector } from '../helpers/collector.ts';
import { createRandom } from '../helpers/random.ts';
import { alone, appendBatch, openStores } from '../helpers/stores.ts';
import { until } from '../helpers/until.ts';

const isLinux = process.platform === 'linux';

function folder(t: TestContext): string {
  const name = mkdtempSync(join(tmpdir(), 'pagefault-disk-'));
  t.after(() => rmSync(name, { recursive: true, force: true }));
  return name;
}

/** A collector whose files cannot grow beyond so many KiB: the disk is full. */
async function startOnSmallDisk(t: TestContext, dataDir: string, kib: number) {
  const program = join(import.meta.dirname, 'collector-process.ts');
  const shell = `trap '' XFSZ; ulimit -f ${kib}; exec "$0" "$@"`;
  const child = spawn('bash', ['-c', shell, process.execPath, program, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, endpoint: `${url}/in/testkey` };
}

test(
  'on a full disk reports are refused, to be sent again, and none is lost that was taken',
  {
    skip: !isLinux && 'a limit of the size of files is set by bash and the system',
  },
  async (t) => {
    const dataDir = folder(t);
    const random = createRandom(5);
    const noise = () =>
      Array.from({ length: 400 }, () => random.next().toString(36))
        .join('')
        .match(/.{1,500}/g) ?? [];
    const { child, endpoint } = await startOnSmallDisk(t, dataDir, 2_048);
    const taken: string[] = [];
    let refusal: Sent | undefined;
    for (let sent = 0; sent < 400 && !refusal; sent++) {
      const events = Array.from({ length: 10 }, () => batchEvent({ extra: { noise: noise() } }));
      const answer = await send(endpoint, batch(events));
      if (answer.status === 202) taken.push(...events.map(({ id }) => id));
      else refusal = answer;
    }
    assert.equal(refusal?.status, 503);
    assert.ok(Number(refusal.headers.get('retry-after')) > 0);
    assert.match(JSON.stringify(refusal.answer), /could not be written\. Send it again later/);
    assert.ok(taken.length > 0);
    assert.equal((await fetch(new URL('/ready', endpoint))).status, 503);
    // It goes on answering.
    assert.equal((await fetch(new URL('/health', endpoint))).status, 200);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;

    const collector = await startCollector({ dataDir });
    t.after(() => collector.close());
    const events = async () => {
      const { issues } = await collector.api<IssueList>('/api/issues');
      return issues.reduce((sum, issue) => sum + issue.events, 0);
    };
    await until(
      async () => (await events()) >= taken.length,
      () => `fewer than ${taken.length} events`,
      30_000,
    );
    const missing: string[] = [];
    for (const id of taken) await collector.api(`/api/events/${id}`).catch(() => missing.push(id));
    assert.deepEqual(missing, []);
    const { issues } = await collector.api<IssueList>('/api/issues');
    assert.deepEqual([...new Set(issues.map(({ title }) => title))], ['Error: Out of stock'], 'filed as what they are');
    const later = batchEvent();
    assert.equal((await send(collector.endpoint, batch([later]))).status, 202);
    await collector.waitForEvent(({ event }) => event.id === later.id);
  },
);

/** What SQLite throws when nothing more can be written. */
function fullDisk(): Error {
  const small = new DatabaseSync(':memory:');
  try {
    small.exec('PRAGMA max_page_count = 2; CREATE TABLE texts AS SELECT hex(randomblob(1e6)) AS text');
  } catch (error) {
    return error as Error;
  } finally {
    small.close();
  }
  throw new Error('It found room.');
}

test('what cannot be filed while the disk is full waits, and is filed as what it is when there is room', async (t) => {
  const { writer: store, project } = await openStores(t);
  const told: string[] = [];
  let full = 3;
  const digest = createDigest({
    store: {
      ...store,
      fileDigested: (digested, kept) => (full-- > 0 ? Promise.reject(fullDisk()) : store.fileDigested(digested, kept)),
    },
    ...alone,
    log: { error: (_fields, message) => told.push(message) },
  });
  await appendBatch(store, project.id, batch([batchEvent(), batchEvent()]));
  digest.wake();
  await digest.drain();
  const nothing = { words: [], values: [], states: [], assignees: [], counts: [] };
  const { issues } = await store.records.issues({ ...nothing, sort: 'events', limit: 10, now: Date.now() });
  assert.deepEqual(
    issues.map(({ title, events }) => `${title}: ${events}`),
    ['Error: Out of stock: 2'],
  );
  assert.deepEqual(told, ['The digest cannot go on and will try again.']);
});

test('a clock that was set back or forward loses no report', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const day = 86_400_000;
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const ids: string[] = [];
  for (const jump of [0, 400 * day, -800 * day, 30 * day]) {
    t.mock.timers.setTime(Date.now() + jump);
    const event = batchEvent({ at: Date.now() });
    ids.push(event.id);
    assert.equal((await send(collector.endpoint, batch([event]))).status, 202);
  }
  t.mock.timers.reset();
  const found = async () => (await collector.events()).map(({ event: { id } }) => id).sort();
  await until(
    async () => (await found()).length === ids.length,
    () => ids,
  );
  assert.deepEqual(await found(), ids.sort());
});

test('a database with a damaged page says so, or is read without it: it never hangs', async (t) => {
  const dataDir = folder(t);
  const first = await startCollector({ dataDir });
  const events = Array.from({ length: 200 }, (_, index) => batchEvent({ extra: { text: `text ${index}`.repeat(50) } }));
  await send(first.endpoint, batch(events));
  await first.waitForEvent(({ event: { id } }) => id === events.at(-1)?.id);
  await first.close();
  assert.ok(readdirSync(dataDir).includes('pagefault.db'));
  const file = join(dataDir, 'pagefault.db');
  const pages = statSync(file).size / 4_096;
  const handle = openSync(file, 'r+');
  for (let page = Math.floor(pages / 2); page < pages; page += 3) {
    writeSync(handle, Buffer.alloc(4_096, 0xa5), 0, 4_096, page * 4_096);
  }
  closeSync(handle);

  const second = await startCollector({ dataDir }).catch((error: unknown) => error as Error);
  if (second instanceof Error) return assert.match(second.message, /^The database in .+ is damaged: /);
  t.after(() => second.close());
  const answer = await fetch(`${second.url}/health`);
  assert.equal(answer.status, 200);
  const sent = await send(second.endpoint, batch([batchEvent()]));
  assert.ok([202, 503].includes(sent.status), `${sent.status}`);
});
