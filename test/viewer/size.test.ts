import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';

const maxBytes = 60_000;

test(`all scripts of the viewer are at most ${maxBytes} bytes in brotli`, (t) => {
  const files = globSync('dist/viewer/assets/*.js');
  const bytes = files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(file)).length, 0);
  t.diagnostic(`${bytes} of ${maxBytes} bytes`);
  assert.ok(files.length > 0, 'nothing is built');
  assert.ok(bytes <= maxBytes, `${bytes} bytes`);
});
