import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { settingNames } from '../../src/cli/config-file.ts';
import { help } from '../../src/cli/help.ts';

test('src/README.md names only files and folders that are there', () => {
  const readme = readFileSync('src/README.md', 'utf8');
  const paths = [...readme.matchAll(/`([\w./-]+(?:\/|\.(?:ts|mjs|md)))`/g)].map((match) => match[1] ?? '');
  const ours = paths.filter((path) => path.includes('/') && !path.startsWith('dist/'));
  assert.ok(ours.length > 15, 'paths were read');
  const missing = ours.filter((path) => !existsSync(`src/${path}`) && !existsSync(path) && !existsSync(`test/${path}`));
  assert.deepEqual(missing, []);
});

test('README.md and the help name every setting of the collector', () => {
  const readme = readFileSync('README.md', 'utf8');
  const named = settingNames.flatMap((name) => {
    const words = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return [`--${words}`, `PAGEFAULT_${words.replaceAll('-', '_').toUpperCase()}`];
  });
  const code = readFileSync('src/cli/parse-arguments.ts', 'utf8');
  const variables = [...code.matchAll(/environment\['(PAGEFAULT_\w+)'\]/g)].map(([, variable = '']) => variable);
  assert.ok(variables.length > 3, 'variables were read');
  for (const text of [readme, help]) {
    const missing = [...named, ...variables].filter((one) => !new RegExp(`(?<![\\w-])${one}(?![\\w-])`).test(text));
    assert.deepEqual(missing, []);
  }
});
