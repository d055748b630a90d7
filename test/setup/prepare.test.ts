import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { runScript } from '../helpers/command.ts';

const script = resolve('src/setup/prepare.mjs');

/** With an empty PATH no browser is there, and no apt-get to bring it. */
async function prepareWithoutPrograms(engines: string) {
  const command = runScript(script, ['browsers'], { env: { PATH: '', PAGEFAULT_ENGINES: engines } });
  assert.equal(await command.ended, 1);
  return command.stderr;
}

test('does and says nothing where nothing is to be done, wherever it is called', async () => {
  const command = runScript(script, ['build'], { cwd: '/' });
  assert.equal(await command.ended, 0, command.stderr);
  assert.equal(command.stdout + command.stderr, '');
});

test('says which browsers are missing, what to install and how to go without', async () => {
  const message = await prepareWithoutPrograms('firefox,webkit');
  assert.match(message, /not here: firefox, webkit\./);
  assert.match(message, /apt-get install firefox-esr webkit2gtk-driver xvfb/);
  assert.match(message, /PAGEFAULT_ENGINES=chromium npm test/);
});

test('says that there is no such engine', async () => {
  assert.match(await prepareWithoutPrograms('netscape'), /names netscape; there are chromium, firefox, webkit/);
});
