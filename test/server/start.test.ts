import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import type { Project } from '../../src/protocol/api.ts';
import { createCollector } from '../../src/server/index.ts';
import { startCollector } from '../helpers/collector.ts';

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'pagefault-start-'));
  t.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

test('a taken port is told in one line', async (t) => {
  const first = await startCollector();
  t.after(() => first.close());
  const second = await createCollector({ dataDir: await folder(t), port: Number(new URL(first.url).port) });
  t.after(() => second.close());
  await assert.rejects(second.listen(), { message: /^port \d+ is taken by another program$/ });
});

test('a data folder in use is told in one line', async (t) => {
  const first = await startCollector();
  t.after(() => first.close());
  await assert.rejects(createCollector({ dataDir: first.dataDir, port: 0 }), {
    message: /^The data folder .* is in use by another process: stop that one, or choose another folder\.$/,
  });
});

test('a data folder that cannot be is told in one line', async (t) => {
  const file = join(await folder(t), 'file');
  await writeFile(file, '');
  await assert.rejects(createCollector({ dataDir: file, port: 0 }), {
    message: /^The data folder .* cannot be (?:made|written)\b.*$/,
  });
  await assert.rejects(createCollector({ dataDir: join(file, 'below'), port: 0 }), {
    message: /^The data folder .* cannot be made: .*$/,
  });
});

test(
  'a folder on a disk that cannot be written is told in one line',
  { skip: process.platform !== 'linux' && 'needs a folder that not even root can write' },
  async () => {
    for (const dataDir of ['/proc', '/sys/kernel', '/proc/none/below']) {
      await assert.rejects(createCollector({ dataDir, port: 0 }), {
        message: /^The data folder .* cannot be (?:made|written)\b.*$/,
      });
    }
  },
);

test('a damaged or newer database is told in one line', async (t) => {
  const damaged = await folder(t);
  await writeFile(
    join(damaged, 'pagefault.db'),
    'this is no database, and long enough to be taken for one'.repeat(100),
  );
  await assert.rejects(createCollector({ dataDir: damaged, port: 0 }), {
    message: /^The database in .* is damaged: .*$/,
  });
  const newer = await folder(t);
  const database = new DatabaseSync(join(newer, 'pagefault.db'));
  database.exec('PRAGMA user_version = 999');
  database.close();
  await assert.rejects(createCollector({ dataDir: newer, port: 0 }), { message: /newer version/ });
});

test('projects and their keys stay, and a key given later adds a project', async (t) => {
  const dataDir = await folder(t);
  const keys: string[][] = [];
  for (const key of ['first', 'first', 'second']) {
    const collector = await startCollector({ dataDir, key });
    keys.push((await collector.api<Project[]>('/api/projects')).map((project) => project.key));
    await collector.close();
  }
  assert.deepEqual(keys, [['first'], ['first'], ['first', 'second']]);
});

test('log lines are JSON, one a line', async (t) => {
  const lines: string[] = [];
  const collector = await startCollector({ logger: { level: 'info', stream: { write: (line) => lines.push(line) } } });
  await collector.close();
  t.after(() => collector.close());
  assert.ok(lines.length > 0);
  for (const line of lines) assert.ok(typeof (JSON.parse(line) as { level: number }).level === 'number');
});
