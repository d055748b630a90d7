import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync, readdirSync, statSync, symlinkSync, writeSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { createCollector } from '../../src/server/index.ts';
import { createMetrics } from '../../src/server/metrics.ts';
import { backUp, restoreFrom } from '../../src/server/store/backup.ts';
import { openSqliteStore } from '../../src/server/store/sqlite.ts';
import { start } from '../../src/server/store/migrations/0001-start.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector } from '../helpers/collector.ts';
import { until } from '../helpers/until.ts';

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'pagefault-upkeep-'));
  t.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

test('a backup made while the collector runs has what was there, and can be restored', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const event = batchEvent();
  await send(collector.endpoint, batch([event]));
  await collector.waitForEvent(({ event: { id } }) => id === event.id);
  const [copies, dataDir] = [await folder(t), await folder(t)];
  const file = join(copies, 'copy.db');
  await backUp(collector.dataDir, file);
  await assert.rejects(backUp(collector.dataDir, file), /is there already/);
  if (process.platform !== 'win32')
    assert.equal(statSync(file).mode & 0o777, 0o600, 'what people reported is for its owner only');
  await assert.rejects(backUp(collector.dataDir, join(copies, 'none/copy.db')), /There is no folder .*none/);

  await restoreFrom(file, dataDir);
  await assert.rejects(restoreFrom(file, dataDir), /is there already/);
  const restored = await startCollector({ dataDir });
  t.after(() => restored.close());
  await restored.waitForEvent(({ event: { id } }) => id === event.id);
  await writeFile(join(copies, 'text.db'), 'no database'.repeat(500));
  const other = new DatabaseSync(join(copies, 'other.db'));
  other.exec('CREATE TABLE places (url)');
  other.close();
  for (const name of ['text.db', 'other.db']) {
    await assert.rejects(restoreFrom(join(copies, name), await folder(t)), {
      message: /^.* is no database of Pagefault\.$/,
    });
  }
});

test('what is damaged is neither taken for a backup nor restored, and no part of it stays', async (t) => {
  const [dataDir, copies] = [await folder(t), await folder(t)];
  openSqliteStore(dataDir).close();
  const file = join(dataDir, 'pagefault.db');
  const pages = statSync(file).size / 4_096;
  // One page at a time: which of them are read by what only copies is not to matter.
  for (const page of [2, Math.floor(pages / 2), pages - 2]) {
    const handle = openSync(file, 'r+');
    const sound = Buffer.alloc(4_096);
    readSync(handle, sound, 0, 4_096, page * 4_096);
    writeSync(handle, Buffer.alloc(4_096, 0xa5), 0, 4_096, page * 4_096);
    const told = { message: /^.*pagefault\.db is damaged: .*\.$/ };
    await assert.rejects(backUp(dataDir, join(copies, 'copy.db')), told, `page ${page}`);
    await assert.rejects(restoreFrom(file, copies), told, `page ${page}`);
    assert.deepEqual(readdirSync(copies), []);
    writeSync(handle, sound, 0, 4_096, page * 4_096);
    closeSync(handle);
  }
  await assert.rejects(restoreFrom(dataDir, copies), {
    message: `${dataDir} cannot be read: unable to open database file.`,
  });
  await backUp(dataDir, join(copies, 'copy.db'));
});

test('who may not look into the data folder does not read that it is empty', async (t) => {
  const around = join(await folder(t), 'around');
  symlinkSync(around, around);
  await assert.rejects(backUp(around, join(await folder(t), 'copy.db')), /pagefault\.db cannot be read: ELOOP/);
});

test(
  'a backup that finds no room says so in one line and leaves nothing behind',
  { skip: process.platform !== 'linux' && 'a limit of the size of files is set by bash and the system' },
  async (t) => {
    const [dataDir, copies] = [await folder(t), await folder(t)];
    openSqliteStore(dataDir).close();
    const args = [join(import.meta.dirname, '../../src/cli/bin.ts'), 'backup', join(copies, 'c.db'), '--data', dataDir];
    const command = `trap '' XFSZ; ulimit -f 100; exec "$0" "$@"`;
    const { status, stderr } = spawnSync('bash', ['-c', command, process.execPath, ...args], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /^pagefault: .* cannot be copied to .*c\.db: .*\.\n$/);
    assert.deepEqual(readdirSync(copies), []);
  },
);

test('what is too old or too much goes, the oldest first, and the disk gets its space back', async (t) => {
  const dataDir = await folder(t);
  const first = await startCollector({ dataDir });
  const noise = () =>
    Array.from({ length: 60 }, () => Array.from({ length: 20 }, () => Math.random().toString(36)).join(''));
  const old = Array.from({ length: 400 }, () => batchEvent({ extra: { noise: noise() } }));
  for (let i = 0; i < old.length; i += 20) await send(first.endpoint, batch(old.slice(i, i + 20)));
  const newest = batchEvent({ message: 'newest' });
  await send(first.endpoint, batch([newest]));
  await first.waitForEvent(({ event: { id } }) => id === newest.id);
  await first.close();

  const store = openSqliteStore(dataDir);
  t.after(() => store.close());
  const bytes = () => {
    const database = new DatabaseSync(join(dataDir, 'pagefault.db'), { readOnly: true });
    const pages = Number(Object.values(database.prepare('PRAGMA page_count').get() ?? {})[0]);
    database.close();
    return pages * 4_096;
  };
  const before = bytes();
  assert.ok(before > 2_000_000, `${before} bytes`);
  for (let steps = 0; await store.retention.step({ days: null, maxBytes: before / 2 }, Date.now());) {
    assert.ok(++steps < 1_000, 'it comes to an end');
  }
  assert.ok(bytes() < 0.6 * before, `${bytes()} of ${before} bytes`);
  assert.ok(await store.events.find(newest.id), 'the newest stays');
  assert.equal(await store.events.find(old[0]?.id ?? ''), undefined);

  while (await store.retention.step({ days: 1, maxBytes: null }, Date.now() + 2 * 86_400_000));
  assert.equal(await store.events.find(newest.id), undefined);
  const database = new DatabaseSync(join(dataDir, 'pagefault.db'), { readOnly: true });
  for (const table of ['events', 'blocks', 'issues', 'project_values'])
    assert.deepEqual({ ...database.prepare(`SELECT count(*) AS rows FROM ${table}`).get() }, { rows: 0 }, table);
  database.close();
});

test('a database of the first version is brought to the newest', async (t) => {
  const dataDir = await folder(t);
  const database = new DatabaseSync(join(dataDir, 'pagefault.db'));
  database.exec(`PRAGMA journal_mode = WAL; BEGIN; ${start}; PRAGMA user_version = 1; COMMIT`);
  database.exec(`INSERT INTO projects (name, key, created_at) VALUES ('Shop', 'testkey', 1);
    INSERT INTO events (project_id, id, received_at, happened_at, encoding, body)
    VALUES (1, 'event-of-version-1', 1, 1, 0, CAST('{"id":"event-of-version-1","at":1,"level":"error","mechanism":"message","handled":true,"exceptions":[],"message":"old","breadcrumbs":[],"count":1}' AS BLOB))`);
  database.close();
  const collector = await startCollector({ dataDir });
  t.after(() => collector.close());
  const old = await collector.waitForEvent(({ event }) => event.id === 'event-of-version-1');
  assert.equal(old.event.message, 'old');
  const event = batchEvent();
  await send(collector.endpoint, batch([event]));
  await collector.waitForEvent(({ event: { id } }) => id === event.id);
});

test('a database that cannot be brought to the newest version is left as it is', async (t) => {
  const dataDir = await folder(t);
  const database = new DatabaseSync(join(dataDir, 'pagefault.db'));
  t.after(() => database.close());
  // A later step makes a table of this name.
  database.exec(`${start}; CREATE TABLE project_visits (mine); PRAGMA user_version = 1`);
  const shape = () => database.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
  const before = shape();
  await assert.rejects(createCollector({ dataDir, port: 0 }), { message: /project_visits/ });
  assert.deepEqual(shape(), before);
  assert.deepEqual({ ...database.prepare('PRAGMA user_version').get() }, { user_version: 1 });
});

test('it serves https by itself, with the cookie that only https may carry', async (t) => {
  const files = await folder(t);
  const [key, cert] = [join(files, 'key.pem'), join(files, 'cert.pem')];
  try {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=localhost',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      { stdio: 'ignore' },
    );
  } catch {
    return t.skip('there is no openssl to make a certificate');
  }
  const { readFileSync } = await import('node:fs');
  const collector = await startCollector({ tls: { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') } });
  t.after(() => collector.close());
  assert.match(collector.url, /^https:/);
  const { request } = await import('node:https');
  const cookie = await new Promise((resolve, reject) => {
    void collector.collector.createSignInToken().then((token) => {
      const sent = request(
        `${collector.url}/api/session`,
        { method: 'POST', rejectUnauthorized: false, headers: { 'content-type': 'application/json' } },
        (answer) => resolve(answer.headers['set-cookie']?.[0]),
      );
      sent.on('error', reject);
      sent.end(JSON.stringify({ token }));
    });
  });
  assert.match(String(cookie), /^__Host-pagefault=.*Secure/);
});

test('ready is only who takes reports; the metrics are for who is signed in', async (t) => {
  const collector = await startCollector({ maxBacklog: 0 });
  t.after(() => collector.close());
  assert.equal((await fetch(`${collector.url}/ready`)).status, 503);
  assert.equal((await fetch(`${collector.url}/health`)).status, 200);
  assert.equal((await fetch(`${collector.url}/metrics`)).status, 401);
  const metrics = await fetch(`${collector.url}/metrics`, { headers: { authorization: `Bearer ${collector.token}` } });
  assert.match(await metrics.text(), /^process_resident_memory_bytes \d+$/m);
});

test('the metrics count answers to batches by status, and events by what became of them', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const [first, second] = [batchEvent(), batchEvent()];
  await send(collector.endpoint, batch([first]));
  await send(collector.endpoint, batch([first, second]));
  await send(`${collector.url}/in/nobodyskey`, batch([first]));
  const headers = { authorization: `Bearer ${collector.token}` };
  let text = '';
  await until(
    async () => {
      text = await (await fetch(`${collector.url}/metrics`, { headers })).text();
      return /^pagefault_ingest_seconds_count 3$/m.test(text);
    },
    () => text,
  );
  assert.match(text, /^pagefault_batches_total\{status="202"\} 2$/m);
  assert.match(text, /^pagefault_batches_total\{status="401"\} 1$/m);
  assert.match(text, /^pagefault_events_total\{result="accepted"\} 2$/m);
  assert.match(text, /^pagefault_events_total\{result="duplicate"\} 1$/m);
});

test('what is kept is set by numbers that mean something: nothing else takes the limit away', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const put = (body: object) =>
    fetch(`${collector.url}/api/retention`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${collector.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  assert.equal((await put({ days: 30, maxBytes: null })).status, 200);
  for (const days of [0, -1, 1.5, '', '30', false, [30]]) {
    assert.equal((await put({ days, maxBytes: null })).status, 400, JSON.stringify(days));
  }
  assert.deepEqual(await collector.api('/api/retention'), { days: 30, maxBytes: null });
});

test('an answer is counted in each bucket that it is quick enough for', () => {
  const metrics = createMetrics();
  for (const seconds of [0.002, 0.02, 9]) metrics.countAnswer(202, seconds);
  const text = metrics.text({});
  const counts = [...text.matchAll(/^pagefault_ingest_seconds_bucket\{le="(.*?)"\} (\d+)$/gm)].map(
    ([, le, n]) => `${le}: ${n}`,
  );
  assert.deepEqual(counts.slice(0, 3), ['0.005: 1', '0.01: 1', '0.025: 2']);
  assert.deepEqual(counts.slice(-2), ['2.5: 2', '+Inf: 3']);
});
