import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from '../fuzz/fuzz.ts';
import { createRandom } from '../helpers/random.ts';

test('survives requests that are nearly right', async (t) => {
  const seed = Number(process.env['PAGEFAULT_SEED']) || Date.now() % 2 ** 32;
  t.diagnostic(`PAGEFAULT_SEED=${seed}`);
  const { answered } = await fuzz(createRandom(seed), 1_500);
  assert.ok(answered > 1_000, `${answered} answered`);
});
