import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { startCollector } from '../helpers/collector.ts';
import { runScript } from '../helpers/command.ts';
import { bundlers } from './bundlers.ts';

const script = resolve('test/plugin/build-shop.ts');
for (const name of Object.keys(bundlers)) {
  test(`${name}: who builds with a wrong token reads that the maps were not uploaded`, async (t) => {
    const collector = await startCollector();
    t.after(() => collector.close());
    const build = runScript(script, [name, collector.url, 'wrong']);
    assert.equal(await build.ended, 0, build.stderr);
    assert.match(build.stdout + build.stderr, /were not uploaded, .*the collector does not know this token/);
  });
}
