import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { help, helpOf } from '../../src/cli/help.ts';
import { parseArguments, unknownVariables, type ServeOptions } from '../../src/cli/parse-arguments.ts';
import { UsageError } from '../../src/cli/usage-error.ts';

const serve = (args: string[], environment: Record<string, string> = {}) => {
  const command = parseArguments(args, environment);
  assert.ok(command.name === 'serve');
  return command.options;
};

test('starts the collector without any argument', () => {
  const defaults = { port: 7377, host: '127.0.0.1', dataDir: './pagefault-data', demo: false, logLevel: 'warn' };
  assert.deepEqual(serve([]), defaults);
  assert.deepEqual(serve(['serve']), defaults);
  assert.deepEqual(serve([], { PAGEFAULT_PORT: '', PAGEFAULT_KEY: '', PAGEFAULT_DATA: '' }), defaults);
});

test('takes flags before the environment, the environment before the defaults', () => {
  const environment = {
    PAGEFAULT_PORT: '1',
    PAGEFAULT_HOST: '0.0.0.0',
    PAGEFAULT_DATA: 'there',
    PAGEFAULT_KEY: 'key-12345',
  };
  assert.deepEqual(
    serve(['--port', '2', '--data=here', '--demo'], { ...environment, PAGEFAULT_TOKEN: 'a-token-of-some-length' }),
    {
      port: 2,
      host: '0.0.0.0',
      dataDir: 'here',
      demo: true,
      logLevel: 'warn',
      key: 'key-12345',
      token: 'a-token-of-some-length',
    },
  );
});

test('every setting goes by flag, by environment and by config file, in this order', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'pagefault-config-'));
  t.after(() => rm(folder, { recursive: true }));
  const config = join(folder, 'config.json');
  const others = { PAGEFAULT_CONFIG: config, PAGEFAULT_SMTP_URL: 'smtp://mail.example', PAGEFAULT_TLS_KEY: 'k' };
  // Setting of the file, what comes out, and its value by file, environment and flag.
  const settings: [string, (options: ServeOptions) => unknown, string | boolean, string | boolean, string | boolean][] =
    [
      ['port', ({ port }) => String(port), '1', '2', '3'],
      ['host', ({ host }) => host, '10.0.0.1', '10.0.0.2', '10.0.0.3'],
      ['data', ({ dataDir }) => dataDir, 'a', 'b', 'c'],
      ['demo', ({ demo }) => demo, true, false, true],
      ['tlsCert', ({ tls }) => tls?.cert, 'a', 'b', 'c'],
      ['trustProxy', ({ trustProxy }) => trustProxy, '10.0.0.1', '10.0.0.2', '10.0.0.3'],
      ['logLevel', ({ logLevel }) => logLevel, 'info', 'error', 'fatal'],
      ['publicUrl', ({ publicUrl }) => publicUrl, 'https://a.example', 'https://b.example', 'https://c.example'],
      ['mailFrom', ({ mail }) => mail?.from, 'a@x.example', 'b@x.example', 'c@x.example'],
      ['allowPrivateNetwork', ({ allowPrivateNetwork = false }) => allowPrivateNetwork, true, false, true],
      ['logRecords', ({ logRecords }) => logRecords, 'json', 'pretty', 'json'],
      ['logFolder', ({ logFiles }) => logFiles?.folder, 'a', 'b', 'c'],
    ];
  for (const [name, read, byFile, byEnvironment, byFlag] of settings) {
    const words = name.replace(/[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
    const variable = { [`PAGEFAULT_${words.replaceAll('-', '_').toUpperCase()}`]: String(byEnvironment) };
    const flag = typeof byFlag === 'string' ? `--${words}=${byFlag}` : `--${words}`;
    await writeFile(config, JSON.stringify({ tlsCert: 'x', mailFrom: 'x@x.example', [name]: byFile }));
    assert.equal(read(serve([], others)), byFile, name);
    assert.equal(read(serve([], { ...others, ...variable })), byEnvironment, name);
    assert.equal(read(serve([flag], { ...others, ...variable })), byFlag, name);
    assert.match(help, new RegExp(`--${words}\\b`), name);
    assert.match(help, new RegExp(`${Object.keys(variable)[0]}\\b`), name);
    assert.match(help, new RegExp(`\\b${name}\\b`), name);
  }
  await writeFile(config, '{"prot": 1}');
  assert.throws(() => serve([], others), /there is no setting "prot"; there are port, /);
  await writeFile(config, '{"demo": true, "tlsCert": "x", "mailFrom": "x@x.example"}');
  assert.equal(serve(['--no-demo'], others).demo, false);
});

test('asks for help or version in each usual way', () => {
  for (const args of [['--help'], ['-h'], ['help'], ['serve', '--help'], ['tail', '-h'], ['sourcemaps', '-h']])
    assert.equal(parseArguments(args, {}).name, 'help');
  assert.deepEqual(parseArguments(['tail', '--format', 'x', '-h'], {}), { name: 'help', of: 'tail' });
  assert.deepEqual(parseArguments(['help', 'backup'], {}), { name: 'help', of: 'backup' });
  for (const args of [['--version'], ['-v'], ['version']]) assert.equal(parseArguments(args, {}).name, 'version');
});

test('the help of a command is of that command, and names its variables', () => {
  for (const [word, own, other] of [
    ['backup', 'backup <file>', '--release'],
    ['restore', 'restore <file>', '--release'],
    ['sourcemaps', '--release', 'backup <file>'],
    ['tail', '--format', 'backup <file>'],
  ] as const) {
    assert.ok(helpOf(word).includes(own) && helpOf(word).includes('PAGEFAULT_TOKEN'), word);
    assert.ok(!helpOf(word).includes(other), word);
  }
  for (const word of ['serve', '--port', 'fly']) assert.equal(helpOf(word), help);
});

test('refuses a wrong command in one line that says what is wrong', () => {
  const refuses = (args: string[], message: RegExp, environment = {}) =>
    assert.throws(
      () => parseArguments(args, environment),
      (error: Error) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, message);
        assert.ok(!error.message.includes('\n'));
        return true;
      },
    );
  refuses(['--prot', '1'], /--prot/);
  refuses(['fly'], /no command "fly"/);
  refuses(['serve', 'now'], /"now"/);
  refuses(['backup', 'file', '--port', '1'], /backup has no option --port/);
  refuses(['--port'], /--port/);
  refuses(['--port', '--demo'], /--port/);
  for (const port of ['x', '-1', '65536', '1.5', '0x10', '']) refuses([`--port=${port}`], /port must be/);
  refuses([], /port must be/, { PAGEFAULT_PORT: 'http' });
  refuses([], /PAGEFAULT_KEY/, { PAGEFAULT_KEY: 'a/b' });
  refuses([], /at least 16 characters/, { PAGEFAULT_TOKEN: 'secret' });
  refuses([], /--demo .*PAGEFAULT_DEMO.*"demo"/, { PAGEFAULT_DEMO: 'yes' });
  refuses([], /sender must be an address/, { PAGEFAULT_SMTP_URL: 'smtp://m.example', PAGEFAULT_MAIL_FROM: 'me' });
  for (const proxy of ['bananas', '10.0.0.0/33', '127.0.0.1,', '10.0.0.0/x', '::1/129']) {
    refuses(['--trust-proxy', proxy], /proxies are/);
  }
});

test('names variables that look like settings and are none', () => {
  const known = { PAGEFAULT_PORT: '1', PAGEFAULT_TLS_CERT: 'c', PAGEFAULT_SMTP_URL: 'smtp://m.example', PATH: '/bin' };
  assert.deepEqual(unknownVariables({ ...known, PAGEFAULT_PROT: '1', PAGEFAULT_RETENTION: '9' }), [
    'PAGEFAULT_PROT',
    'PAGEFAULT_RETENTION',
  ]);
});
