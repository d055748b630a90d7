import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from '../fuzz/fuzz.ts';
import { fuzzApi } from '../fuzz/fuzz-api.ts';
import { createRandom } from '../helpers/random.ts';

const seed = Number(process.env['PAGEFAULT_SEED']) || Date.now() % 2 ** 32;

test('survives requests that are nearly right', async (t) => {
  t.diagnostic(`PAGEFAULT_SEED=${seed}`);
  const { answered } = await fuzz(createRandom(seed), 1_500);
  assert.ok(answered > 1_000, `${answered} answered`);
});

test('nothing that an administrator asks for goes wrong inside, however odd it is', async (t) => {
  t.diagnostic(`PAGEFAULT_SEED=${seed}`);
  const statuses = await fuzzApi(createRandom(seed), 10);
  assert.ok((statuses[200] ?? 0) > 100 && (statuses[400] ?? 0) > 100, JSON.stringify(statuses));
});
