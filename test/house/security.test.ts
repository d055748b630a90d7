import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

test('each hole that SECURITY.md names has the test that it names', () => {
  const rows = readFileSync('src/server/SECURITY.md', 'utf8').matchAll(/\| `(test\/[\w./-]+)`: (.+?) +\|$/gm);
  const named = Array.from(rows, ([, file = '', title = '']) => ({ file, title }));
  assert.ok(named.length > 25, 'rows were read');
  const missing = named.filter(
    ({ file, title }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(`'${title}'`),
  );
  assert.deepEqual(missing, []);
});
