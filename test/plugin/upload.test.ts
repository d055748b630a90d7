import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ArtifactList } from '../../src/protocol/api.ts';
import { findDebugId } from '../../src/plugin/debug-id.ts';
import { findFiles } from '../../src/plugin/find-files.ts';
import { resolveOptions } from '../../src/plugin/options.ts';
import { reportUpload, summary } from '../../src/plugin/report-upload.ts';
import { collectorUrl, uploadFiles } from '../../src/plugin/upload.ts';
import { startCollector } from '../helpers/collector.ts';
import { buildShop, bundlers, removeBuilt } from './bundlers.ts';

for (const name of Object.keys(bundlers)) {
  test(`${name}: a build uploads its maps, and a second one only what is new`, async (t) => {
    const collector = await startCollector();
    t.after(() => collector.close());
    const options = { url: collector.url, token: collector.token, release: '1.0', strict: true, quiet: true };
    const built = await buildShop(name, options);
    t.after(() => removeBuilt(built));
    const list = () => collector.api<ArtifactList>('/api/projects/1/artifacts?limit=100');
    const { artifacts } = await list();
    const scripts = [...built.files].filter(([path]) => path.endsWith('.js'));
    const ids = scripts.map(([, code]) => findDebugId(code)).sort();
    assert.ok(artifacts.length >= 2);
    for (const artifact of artifacts) {
      assert.equal(artifact.release, '1.0');
      assert.equal(artifact.kind, 'map');
      assert.deepEqual(artifact.problems, []);
      assert.ok(
        scripts.some(([path]) => path === artifact.script),
        artifact.script,
      );
      assert.ok(ids.includes(artifact.debugId ?? ''));
    }
    const again = await buildShop(name, { ...options, release: '1.1' });
    t.after(() => removeBuilt(again));
    assert.deepEqual(
      (await list()).artifacts
        .filter(({ release }) => release === '1.1')
        .map(({ hash }) => hash)
        .sort(),
      artifacts.map(({ hash }) => hash).sort(),
    );
  });
}

/** A port at which nobody listens. */
async function deadUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

test('a collector that is down fails no build, unless it was told to', async (t) => {
  const url = await deadUrl();
  const built = await buildShop('esbuild', { url, token: 'x', quiet: true, keepMaps: true });
  t.after(() => removeBuilt(built));
  assert.ok([...built.files.keys()].some((path) => path.endsWith('.map')));
  await assert.rejects(
    buildShop('esbuild', { url, token: 'x', quiet: true, strict: true }),
    /were not uploaded.*ECONNREFUSED/s,
  );
});

test('a build is told in one line what became of its maps', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const lines: string[] = [];
  const log = { info: (text: string) => lines.push(text), warn: (text: string) => lines.push(`warning: ${text}`) };
  const text = '{"version":3,"sources":["a.js"],"sourcesContent":["1"],"names":[],"mappings":"AAAA"}';
  const files = [{ name: 'a.js.map', script: 'a.js', text }];
  const run = (options: object) => reportUpload(files, resolveOptions(options, {}), log);
  await run({});
  await run({ url: collector.url });
  await run({ url: collector.url, token: 'wrong' });
  await run({ url: collector.endpoint, token: collector.token, release: '1' });
  await run({ url: collector.url, token: collector.token });
  await run({ upload: false });
  assert.match(lines[0] ?? '', /^1 source map not uploaded, for there is no url \(or PAGEFAULT_URL\)$/);
  assert.match(lines[1] ?? '', /there is no token/);
  assert.match(lines[2] ?? '', /^warning: .*the build goes on: the collector does not know this token$/);
  assert.match(lines[3] ?? '', /^1 source map of release 1 is in http:\/\/127\.0\.0\.1:\d+, 1 kB in \d\.\d s$/);
  assert.match(lines[4] ?? '', /^1 source map is in .* \(all were there before\)/);
  assert.equal(lines.length, 5);
  assert.match(
    summary({ count: 12, known: 9, bytes: 3_100_000, failed: [] }, 'https://a.example/x', '2', 800),
    /^12 source maps of release 2 are in https:\/\/a\.example \(9 were there before\), 3\.1 MB in 0\.8 s$/,
  );
});

test('the maps of a folder are found by the last comment, inside of it, or by name, and never outside of the folder', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'pagefault-find-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const map = (name: string) => `{"version":3,"sources":["${name}"],"sourcesContent":["${name}"],"mappings":""}`;
  const inline = `data:application/json;charset=utf-8;base64,${Buffer.from(map('inline')).toString('base64')}`;
  const files: Record<string, string> = {
    'public/last.js': 'a;\n//# sourceMappingURL=wrong.map\n//# sourceMappingURL=maps/right.map',
    'public/maps/right.map': map('right'),
    'public/wrong.map': map('wrong'),
    'public/sub/inline.js': `b;\n//# sourceMappingURL=${inline}\n`,
    'public/named.mjs': 'c;',
    'public/named.mjs.map': map('named'),
    'public/outside.js': 'd;\n//# sourceMappingURL=../secret.map',
    'public/elsewhere.js': 'e;\n//# sourceMappingURL=file:///etc/passwd',
    'public/plain.js': 'f;',
    'public/bare.js': 'g;\n//# debugId=0b9b2d0e-7c6d-4f0e-9a53-7a3f3c1d2e4f\n//# sourceMappingURL=bare.js.map\n',
    'public/bare.js.map': '{"version":3,"sources":["x"],"mappings":""}',
    'secret.map': map('secret'),
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const found = await findFiles(join(folder, 'public'));
  assert.deepEqual(
    found.map(({ name, script }) => [name, script]),
    [
      ['bare.js', undefined],
      ['bare.js.map', 'bare.js'],
      ['maps/right.map', 'last.js'],
      ['named.mjs.map', 'named.mjs'],
      ['sub/inline.js.map', 'sub/inline.js'],
    ],
  );
  assert.equal(found[1]?.debugId, '0b9b2d0e-7c6d-4f0e-9a53-7a3f3c1d2e4f');
});

test('a file that the collector refuses does not keep the others back', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const uploaded = await uploadFiles({ url: collector.url, token: collector.token }, [
    { name: 'bad.js.map', script: 'bad.js', text: '{"version":3,"sources":[],"mappings":"?"}' },
    {
      name: 'good.js.map',
      script: 'good.js',
      text: '{"version":3,"sources":["a"],"sourcesContent":["1"],"mappings":"AAAA"}',
    },
  ]);
  assert.equal(uploaded.count, 1);
  assert.match(uploaded.failed[0]?.reason ?? '', /bad\.js\.map is no usable source map/);
});

test('the address of the collector is taken as people paste it', () => {
  for (const url of ['https://a.example', 'https://a.example/', 'https://a.example/in/abcdefgh1']) {
    assert.equal(collectorUrl(url), 'https://a.example');
  }
  assert.equal(collectorUrl('https://a.example/errors/in/abcdefgh1'), 'https://a.example/errors');
  assert.throws(() => collectorUrl('a.example:80/x y'), /is no URL|Invalid/);
});
