import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type * as source from '../../src/client/index.ts';
import { sdk } from '../../src/client/version.ts';

/** Not a literal: there are no types before the build. */
const built: string = '../../dist/index.js';

test('importing and starting it on a server does nothing and does not throw', async () => {
  const before = Object.keys(globalThis);
  const api = (await import(built)) as typeof source;
  api.init({ endpoint: 'https://errors.example/in/KEY' });
  api.captureException(new Error('boom'));
  api.captureMessage('hello');
  api.addBreadcrumb('step');
  api.setUser({ id: '1' });
  api.setTag('plan', 'free');
  api.setExtra('cart', {});
  assert.equal(await api.flush(), true);
  api.close();
  assert.deepEqual(Object.keys(globalThis), before);
});

test('names the version of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  assert.equal(sdk.version, version);
});
