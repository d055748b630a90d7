import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';

const { budgets } = JSON.parse(readFileSync('package.json', 'utf8')) as { budgets: Record<string, number> };

for (const [file, maxBytes] of Object.entries(budgets)) {
  test(`${file} is at most ${maxBytes} bytes in brotli`, (t) => {
    const bytes = brotliCompressSync(readFileSync(file)).length;
    t.diagnostic(`${file}: ${bytes} of ${maxBytes} bytes`);
    assert.ok(bytes > 0 && bytes <= maxBytes, `${bytes} bytes`);
  });
}
