import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
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
  assert.deepEqual(serve(['--port', '2', '--data=here', '--demo'], { ...environment, PAGEFAULT_TOKEN: 't' }), {
    port: 2,
    host: '0.0.0.0',
    dataDir: 'here',
    demo: true,
    logLevel: 'warn',
    key: 'key-12345',
    token: 't',
  });
});

test('asks for help or version in each usual way', () => {
  for (const args of [['--help'], ['-h'], ['help'], ['serve', '--help']])
    assert.equal(parseArguments(args, {}).name, 'help');
  for (const args of [['--version'], ['-v'], ['version']]) assert.equal(parseArguments(args, {}).name, 'version');
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
  refuses(['--port'], /--port/);
  refuses(['--port', '--demo'], /--port/);
  for (const port of ['x', '-1', '65536', '1.5', '0x10', '']) refuses([`--port=${port}`], /port must be/);
  refuses([], /port must be/, { PAGEFAULT_PORT: 'http' });
  refuses([], /PAGEFAULT_KEY/, { PAGEFAULT_KEY: 'a/b' });
});
