import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test, type TestContext } from 'node:test';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { batch, batchEvent, logRecord, send } from '../helpers/batches.ts';
import { startCollector } from '../helpers/collector.ts';
import { runScript } from '../helpers/command.ts';
import { until } from '../helpers/until.ts';

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'pagefault-outputs-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const dayMs = 86_400_000;

test('writes records and errors to a file of a day, and keeps as many days as were asked for', async (t) => {
  const folder = join(temporaryFolder(t), 'logs');
  const file = join(folder, 'pagefault.ndjson');
  const begin = Date.now() - 4 * dayMs;
  for (let day = 0; day < 4; day++) {
    const collector = await startCollector({ outputs: { files: { folder, days: 2 } } });
    const record = logRecord({ text: `day ${day}`, data: { day } });
    const event = batchEvent();
    await send(collector.endpoint, batch([event], { records: [record] }));
    await collector.digested();
    await collector.close();
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      parsed.map(({ kind, text, title }) => [kind, text ?? title]),
      [
        ['record', `day ${day}`],
        ['event', 'Error: Out of stock'],
      ],
    );
    assert.equal(statSync(file).mode & 0o077, 0, 'nobody else reads it');
    // As if that day were over.
    utimesSync(file, new Date(begin + day * dayMs), new Date(begin + day * dayMs));
  }
  const last = await startCollector({ outputs: { files: { folder, days: 2 } } });
  t.after(() => last.close());
  const dayOf = (at: number) => `pagefault-${new Date(at).toISOString().slice(0, 10)}.ndjson`;
  const kept = () => readdirSync(folder).filter((name) => name.startsWith('pagefault-'));
  await until(() => kept().length === 2 && kept().includes(dayOf(begin + 3 * dayMs)), kept);
  assert.deepEqual(kept().sort(), [dayOf(begin + 2 * dayMs), dayOf(begin + 3 * dayMs)]);
});

test('prints records and errors where it is told to, readable, and never raw', async (t) => {
  const env = { PAGEFAULT_KEY: 'key-of-the-test', PAGEFAULT_LOG_RECORDS: 'pretty', FORCE_COLOR: '1' };
  const command = runScript(resolve('src/cli/bin.ts'), ['serve', '--port', '0', '--data', temporaryFolder(t)], { env });
  t.after(() => command.child.kill('SIGKILL'));
  const [, endpoint = ''] = await command.printed(/Endpoint +(\S+)[\s\S]*<\/script>/);
  const records = [logRecord({ level: 'error', logger: 'till', text: 'Drawer \u001b[2J stuck', data: { drawer: 3 } })];
  await send(endpoint, batch([batchEvent()], { records }));
  await command.printed(/Out of stock/);
  const [line] = await command.printed(/.*Drawer.*/);
  assert.ok(line.includes('\u001b[31merror'), line);
  assert.match(line, /Drawer \\e\[2J stuck/);
  assert.match(line, /drawer=3/);
});

test('prints by itself only in a terminal, and not in production', () => {
  const printed = (args: string[], environment: Record<string, string>, isTerminal: boolean) => {
    const command = parseArguments(args, environment, isTerminal);
    return command.name === 'serve' ? command.options.logRecords : 'none';
  };
  assert.equal(printed([], {}, true), 'pretty');
  assert.equal(printed([], {}, false), undefined);
  assert.equal(printed([], { NODE_ENV: 'production' }, true), undefined);
  assert.equal(printed(['--log-records', 'off'], {}, true), undefined);
  assert.equal(printed([], { PAGEFAULT_LOG_RECORDS: 'json' }, false), 'json');
  assert.throws(() => printed(['--log-records', 'xml'], {}, false), /auto, pretty, json or off/);
  assert.throws(() => printed(['--log-days', '0'], {}, false), /from 1 to 3650/);
  const files = parseArguments(['--log-folder', 'logs', '--log-days', '7'], {});
  assert.ok(files.name === 'serve');
  assert.deepEqual(files.options.logFiles, { folder: 'logs', days: 7 });
});
