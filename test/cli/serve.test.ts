import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runScript, type Command } from '../helpers/command.ts';

const script = resolve('dist/node/pagefault.js');

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'pagefault-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function run(t: TestContext, args: string[], env: Record<string, string> = {}): Command {
  const command = runScript(script, args, { env, cwd: temporaryFolder(t) });
  t.after(() => command.child.kill('SIGKILL'));
  return command;
}

/** Starts a collector on a free port and answers its address. */
async function start(t: TestContext, args: string[] = [], env: Record<string, string> = {}) {
  const command = run(t, ['serve', '--port', '0', ...args], env);
  const [, url = ''] = await command.printed(/Viewer +(http\S+?)\/sign-in#[\s\S]*<\/script>/);
  return { command, url };
}

/** It ended with this code and said so in one line. */
async function failsWith(command: Command, code: number, message: RegExp): Promise<void> {
  assert.equal(await command.ended, code, command.stderr);
  assert.match(command.stderr, message);
  assert.equal(command.stderr.trim().split('\n').length, 1, command.stderr);
  assert.equal(command.stdout, '');
}

test('prints where to look, signs in by the printed link, and takes an event', async (t) => {
  const { command, url } = await start(t, ['--demo'], { PAGEFAULT_KEY: 'key-of-the-test' });
  assert.equal((await fetch(`${url}/health`)).status, 200);
  assert.match(command.stdout, new RegExp(`Endpoint +${url}/in/key-of-the-test\n`));
  assert.match(command.stdout, /<script src="\S+\/pagefault\.js" data-endpoint="\S+\/in\/key-of-the-test"/);

  const tokens = [/Viewer +\S+\/sign-in#(\S+)/, /Demo +\S+\/sign-in\?next=\/demo\/#(\S+)/].map(
    (pattern) => command.stdout.match(pattern)?.[1] ?? '',
  );
  for (const token of tokens) {
    const signIn = () =>
      fetch(`${url}/api/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ token }),
      });
    assert.equal((await signIn()).ok, true, 'the first time');
    assert.equal((await signIn()).status, 401, 'the second time');
  }

  const body = JSON.stringify({
    version: 1,
    sdk: { name: 'test', version: '1' },
    sentAt: Date.now(),
    events: [{ id: 'a'.repeat(16), at: Date.now(), message: 'hello' }],
  });
  const answer = await fetch(`${url}/in/key-of-the-test`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/plain' },
    body,
  });
  assert.equal(answer.status, 202);
});

test('prints links and the tag as people and pages reach it', async (t) => {
  const command = run(t, ['--port', '0', '--public-url', 'https://errors.example/']);
  await command.printed(/<\/script>/);
  assert.match(command.stdout, /Viewer +https:\/\/errors\.example\/sign-in#\S+\n/);
  assert.match(command.stdout, /Endpoint +https:\/\/errors\.example\/in\/\w+\n/);
  assert.match(command.stdout, /<script src="https:\/\/errors\.example\/pagefault\.js" data-endpoint="https:/);
});

test('keeps its key from one start to the next', async (t) => {
  const data = temporaryFolder(t);
  const endpointOf = async () => {
    const { command } = await start(t, ['--data', data]);
    command.child.kill('SIGTERM');
    assert.equal(await command.ended, 0);
    return command.stdout.match(/\/in\/([\w-]+)/)?.[1];
  };
  const key = await endpointOf();
  assert.ok(key);
  assert.equal(await endpointOf(), key);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`stops cleanly at ${signal}, even if it arrives twice at once as under npm`, async (t) => {
    const { command, url } = await start(t);
    command.child.kill(signal);
    command.child.kill(signal);
    assert.equal(await command.ended, 0, command.stderr);
    assert.equal(command.stderr, '');
    await assert.rejects(fetch(`${url}/health`));
  });
}

test('stops while somebody follows the live stream', async (t) => {
  const { command, url } = await start(t, [], { PAGEFAULT_TOKEN: 'token-of-the-test' });
  const headers = { Authorization: 'Bearer token-of-the-test' };
  const projects = (await (await fetch(`${url}/api/projects`, { headers })).json()) as unknown;
  const project = JSON.stringify(projects).match(/"id":"([^"]+)"/)?.[1] ?? '';
  const live = await fetch(`${url}/api/live?project=${project}`, { headers });
  assert.equal(live.status, 200);
  command.child.kill('SIGINT');
  assert.equal(await command.ended, 0, command.stderr);
  await live.body?.cancel().catch(() => undefined);
});

test('says in one line that the port is taken', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await new Promise((listening) => other.once('listening', listening));
  const { port } = other.address() as AddressInfo;
  await failsWith(run(t, ['--port', String(port)]), 1, new RegExp(`port ${port} is taken.*--port`));
});

test('says in one line that the host is not here', async (t) => {
  await failsWith(
    run(t, ['--port', '0', '--host', '192.0.2.1']),
    1,
    /192\.0\.2\.1 is no address of this machine.*--host/,
  );
});

test('says in one line that the data folder cannot be written', async (t) => {
  const file = join(temporaryFolder(t), 'file');
  writeFileSync(file, '');
  await failsWith(run(t, ['--port', '0', '--data', join(file, 'data')]), 1, /data folder .*file/);
});

test('says in one line that another process has the data', async (t) => {
  const data = temporaryFolder(t);
  await start(t, ['--data', data]);
  await failsWith(run(t, ['--port', '0', '--data', data]), 1, /data folder .* in use/);
});

test('says in one line that the certificate is none', async (t) => {
  const file = join(temporaryFolder(t), 'certificate.pem');
  writeFileSync(file, 'no certificate');
  await failsWith(
    run(t, ['--port', '0', '--tls-cert', file, '--tls-key', file]),
    1,
    /certificate .*certificate\.pem .*cannot be used/,
  );
});

test('says in one line what is wrong with the command', async (t) => {
  await failsWith(run(t, ['--prot', '1']), 2, /--prot/);
  await failsWith(run(t, ['fly']), 2, /fly/);
  await failsWith(run(t, ['--port', 'http']), 2, /port must be/);
});

test('says in one line that Node is too old', async (t) => {
  const preload = join(temporaryFolder(t), 'old-node.mjs');
  writeFileSync(preload, "Object.defineProperty(process.versions, 'node', { value: '20.19.0' });");
  const command = run(t, ['serve'], { NODE_OPTIONS: `--import ${preload}` });
  await failsWith(command, 1, /needs Node\.js 22\.19 or newer; this is 20\.19\.0/);
});

test('prints help and version', async (t) => {
  const help = run(t, ['--help']);
  assert.equal(await help.ended, 0);
  for (const word of ['serve', '--port', '--host', '--data', '--demo', 'PAGEFAULT_KEY', 'PAGEFAULT_TOKEN']) {
    assert.ok(help.stdout.includes(word), word);
  }
  assert.ok(
    help.stdout.split('\n').every((line) => line.length <= 90),
    'fits a terminal',
  );
  const version = run(t, ['--version']);
  assert.equal(await version.ended, 0);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
});
