import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

test('src/README.md names only files and folders that are there', () => {
  const readme = readFileSync('src/README.md', 'utf8');
  const paths = [...readme.matchAll(/`([\w./-]+(?:\/|\.(?:ts|mjs|md)))`/g)].map((match) => match[1] ?? '');
  const ours = paths.filter((path) => path.includes('/') && !path.startsWith('dist/'));
  assert.ok(ours.length > 15, 'paths were read');
  const missing = ours.filter((path) => !existsSync(`src/${path}`) && !existsSync(path) && !existsSync(`test/${path}`));
  assert.deepEqual(missing, []);
});
