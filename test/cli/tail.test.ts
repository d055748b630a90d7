import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test, type TestContext } from 'node:test';
import { parseTail } from '../../src/cli/parse-tail.ts';
import { batch, batchEvent, logRecord, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { runScript, type Command } from '../helpers/command.ts';
import { until } from '../helpers/until.ts';

const script = resolve('src/cli/bin.ts');

/** Follows the collector; resolves when it does. */
async function follow(t: TestContext, collector: TestCollector, args: string[], env: Record<string, string> = {}) {
  const command = runScript(script, ['tail', ...args], {
    env: { PAGEFAULT_URL: collector.url, PAGEFAULT_TOKEN: collector.token, ...env },
  });
  t.after(() => command.child.kill('SIGKILL'));
  // Until it has begun, what is sent is not followed: it is told again, each time as another record.
  await until(
    async () => {
      const hello = logRecord({ level: 'critical', logger: 'checkout.hello', text: 'hello' });
      await send(collector.endpoint, batch([], { session: 'hello', records: [hello] }));
      return command.stdout.includes('hello');
    },
    () => command.stderr,
  );
  return command;
}

const linesOf = ({ stdout }: Command) =>
  stdout
    .trim()
    .split('\n')
    .filter((line) => !line.includes('checkout.hello'));

test('follows records and errors by a search: JSON lines for a program, and nothing raw that a terminal obeys', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const command = await follow(t, collector, ['level:>=error', '-text:"no matter"']);
  const evil = '\u001b]0;owned\u0007 \u009b31m \u202e red\nline';
  const event = batchEvent({ exceptions: [{ type: 'TypeError', value: evil, stack: 0 }] });
  const records = [
    logRecord({ level: 'info', text: 'too quiet' }),
    logRecord({ level: 'error', logger: evil, text: evil, data: { [evil]: evil } }),
  ];
  await send(collector.endpoint, batch([event], { records }));
  await until(
    () => linesOf(command).length >= 2,
    () => command.stdout,
  );
  const lines = linesOf(command).map((line) => JSON.parse(line) as Record<string, unknown>);
  const record = lines.find(({ kind }) => kind === 'record');
  assert.equal(record?.['text'], evil);
  assert.deepEqual(record['data'], { [evil]: evil });
  assert.match(String(record['time']), /^\d{4}-\d\d-\d\dT.*Z$/);
  const error = lines.find(({ kind }) => kind === 'event');
  assert.equal(error?.['eventId'], event.id);
  assert.match(String(error['title']), /^TypeError: /);
  assert.equal(lines.length, 2);
  assert.doesNotMatch(command.stdout.replaceAll('\n', ''), /[\p{Cc}\u202e]/u);
  command.child.kill('SIGINT');
  assert.equal(await command.ended, 0);
  assert.equal(command.stderr, '');
});

test('writes a line for people, with colours where they are wanted, and escapes written out', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const record = logRecord({
    level: 'warning',
    logger: 'checkout.pay',
    text: 'refused \u001b[2J\u009b2J',
    data: { code: 'E1', deep: { a: [1] } },
  });
  const print = async (env: Record<string, string>) => {
    const command = await follow(t, collector, ['--format', 'pretty', 'logger:checkout.*'], env);
    await send(collector.endpoint, batch([], { records: [{ ...record, id: logRecord().id }] }));
    await until(
      () => command.stdout.includes('refused'),
      () => command.stdout,
    );
    return linesOf(command)[0] ?? '';
  };
  const [plain, coloured, without] = await Promise.all([
    print({}),
    print({ FORCE_COLOR: '1' }),
    print({ NO_COLOR: '1' }),
  ]);
  const expected =
    /^\d\d:\d\d:\d\d\.\d{3} warning {2}checkout\.pay refused \\e\[2J\\u009b2J code=E1 deep=\{"a":\[1\]\}$/;
  assert.match(plain, expected);
  assert.match(without, expected);
  assert.ok(coloured.includes('\u001b[33mwarning'), coloured);
  assert.ok(!coloured.includes('\u001b[2J') && !coloured.includes('\u009b'), coloured);
});

test('comes back by itself when the collector does, with what it missed', async (t) => {
  const first = await startCollector();
  const { dataDir, url } = first;
  const port = Number(new URL(url).port);
  const command = await follow(t, first, ['logger:checkout.*']);
  await first.collector.close();
  await until(
    () => command.stderr.includes('trying again'),
    () => command.stderr,
  );
  const second = await startCollector({ dataDir, port });
  t.after(() => second.close());
  await send(second.endpoint, batch([], { records: [logRecord({ logger: 'checkout', text: 'meanwhile' })] }));
  await until(
    () => command.stdout.includes('meanwhile'),
    () => command.stdout + command.stderr,
  );
  assert.match(command.stderr, /connected again/);
  assert.equal(linesOf(command).filter((line) => line.includes('meanwhile')).length, 1);
});

test('says in one line why it cannot begin', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const fails = async (args: string[], env: Record<string, string>, code: number, message: RegExp) => {
    const command = runScript(script, ['tail', ...args], { env });
    assert.equal(await command.ended, code, command.stderr);
    assert.match(command.stderr, message);
    assert.equal(command.stderr.trim().split('\n').length, 1);
  };
  const env = { PAGEFAULT_URL: collector.url, PAGEFAULT_TOKEN: 'wrong' };
  await fails([], env, 1, /does not know this token/);
  await fails(['--url', 'http://127.0.0.1:9'], env, 1, /cannot be reached/);
  await fails([], { PAGEFAULT_TOKEN: 'x' }, 2, /where is the collector/);
  await fails(['--format', 'xml'], env, 2, /pretty or json/);
  assert.deepEqual(parseTail(['level:error', '-url:/cart', '--project', '2'], { ...env }), {
    query: 'level:error  -url:/cart',
    url: collector.url,
    token: 'wrong',
    project: '2',
  });
});
