import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Artifact, ArtifactList, NewUploadToken } from '../../../src/protocol/api.ts';
import type { Batch } from '../../../src/protocol/batch.ts';
import { batch, batchEvent, send } from '../../helpers/batches.ts';
import { buildScript } from '../../helpers/build-script.ts';
import { startCollector, type TestCollector } from '../../helpers/collector.ts';

const source = `export class Cart {
  items: { price: { value: number } }[] = [];
  total(): number {
    return this.items.reduce((sum, item) => sum + item.price.value, 0);
  }
}
// A comment that the minifier takes away.
export function checkout(cart: Cart | null) {
  const id = 'checkout';
  if (id) {
    throw new Error('sold out ' + cart!.total());
  }
}
checkout(new Cart());
`;

const shop = await buildScript('src/cart.ts', source);
const column = shop.script.indexOf('new Error') + 1;
const url = 'https://shop.example/static/assets/shop.js';

/** An event thrown where the built shop throws. */
function thrown(release: string | undefined, extra: Partial<Batch> = {}) {
  const event = batchEvent({ exceptions: [{ type: 'Error', value: 'sold out 0', stack: 0 }] });
  const shared: Partial<Batch> = { files: [`${url}?v=1`], frames: [['a', 0, 1, column]], stacks: [[0]] };
  const body: Batch = { ...batch([event], shared), ...extra };
  if (release === undefined) delete body.release;
  else body.release = release;
  return { event, body };
}

function put(collector: TestCollector, query: string, body: BodyInit, init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${collector.token}`, ...init.headers };
  return fetch(`${collector.url}/api/projects/1/artifacts?${query}`, { method: 'PUT', ...init, headers, body });
}

test('an error in a minified script shows the line that its author wrote', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const answer = await put(collector, 'release=1.4.2&name=assets/shop.js.map', shop.map);
  assert.equal(answer.status, 200);
  const artifact = (await answer.json()) as Artifact;
  assert.equal(artifact.script, 'assets/shop.js');
  assert.deepEqual([artifact.sources, artifact.texts, artifact.problems], [1, 1, []]);

  const { event, body } = thrown('1.4.2');
  await send(collector.endpoint, body);
  const stored = await collector.waitForEvent((found) => found.event.id === event.id);
  const frame = stored.frames[0]?.[0];
  assert.equal(frame?.function, 'checkout');
  assert.equal(frame?.filename, 'src/cart.ts');
  assert.equal(frame?.lineno, 11);
  assert.equal(frame?.source?.line, "    throw new Error('sold out ' + cart!.total());");
  assert.equal(frame?.source?.before.at(-1), '  if (id) {');
  assert.deepEqual(frame?.raw, { function: 'a', filename: `${url}?v=1`, lineno: 1, colno: column });
  assert.equal(stored.event.exceptions[0]?.frames[0]?.lineno, 1, 'the event keeps what the page said');
});

/** Uploads, throws in the page, and answers with the frame as it is shown. */
async function frameAfter(collector: TestCollector, query: string, ...event: Parameters<typeof thrown>) {
  assert.equal((await put(collector, query, shop.map)).status, 200);
  const { event: sent, body } = thrown(...event);
  await send(collector.endpoint, body);
  const stored = await collector.waitForEvent((found) => found.event.id === sent.id);
  const frame = stored.frames[0]?.[0];
  assert.ok(frame);
  return frame;
}

test('a debug id finds the map, whatever its name and release', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const debugId = '0b9b2d0e-7c6d-4f0e-9a53-7a3f3c1d2e4f';
  const query = `name=other.map&debugId=${debugId.toUpperCase()}`;
  const frame = await frameAfter(collector, query, undefined, { debugIds: { [`${url}?v=1`]: debugId } });
  assert.equal(frame.filename, 'src/cart.ts');
});

test('a map of another folder, release or debug id is never taken', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const otherFolder = await frameAfter(collector, 'release=1&name=admin/shop.js.map', '1');
  assert.match(
    otherFolder.unresolved?.reason ?? '',
    /None of the 1 maps of release 1 belongs to static\/assets\/shop\.js/,
  );
  const otherRelease = await frameAfter(collector, 'release=2&name=assets/shop.js.map', '3');
  assert.match(otherRelease.unresolved?.reason ?? '', /No source map has been uploaded for release 3/);
  assert.match(otherRelease.unresolved?.advice ?? '', /pagefault sourcemaps upload <folder> --release 3/);
  const none = await frameAfter(collector, 'release=4&name=assets/shop.js.map', undefined);
  assert.match(none.unresolved?.reason ?? '', /names no release/);
  const [of4, ofPage] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
  const debugIds = { [`${url}?v=1`]: ofPage };
  const otherBuild = await frameAfter(collector, `release=5&name=assets/shop.js.map&debugId=${of4}`, '5', { debugIds });
  assert.equal(otherBuild.source, undefined);
  assert.equal(otherBuild.lineno, 1);
});

test('a name that carries a hash of the content finds its map in any release', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const files = ['https://cdn.example/shop-B7x2kQ9z.js'];
  const frame = await frameAfter(collector, 'release=1&name=assets/shop-B7x2kQ9z.js.map', '2', { files });
  assert.equal(frame.filename, 'src/cart.ts');
});

test('a frame that the map does not know says so', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const frame = await frameAfter(collector, 'release=1&name=shop.js.map', '1', { frames: [['a', 0, 9, 1]] });
  assert.match(frame.unresolved?.reason ?? '', /says nothing about line 9, column 1. It ends at line \d/);
  assert.match(frame.unresolved?.advice ?? '', /another build/);
});

test('functions are named from the uploaded bundle where the map brings no sources', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const bare = JSON.parse(shop.map) as Record<string, unknown>;
  delete bare['sourcesContent'];
  assert.equal((await put(collector, 'release=1&name=assets/shop.js', shop.script)).status, 200);
  assert.equal((await put(collector, 'release=1&name=assets/shop.js.map', JSON.stringify(bare))).status, 200);
  const { event, body } = thrown('1');
  await send(collector.endpoint, body);
  const stored = await collector.waitForEvent((found) => found.event.id === event.id);
  assert.equal(stored.frames[0]?.[0]?.function, 'checkout');
  assert.equal(stored.frames[0]?.[0]?.source, undefined);
});

test('an upload token uploads to its project and does nothing else', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const other = await collector.api<{ id: string }>('/api/projects', { method: 'POST', body: '{"name":"Other"}' });
  const body = JSON.stringify({ name: 'build' });
  const made = await collector.api<NewUploadToken>('/api/projects/1/tokens', { method: 'POST', body });
  const headers = { authorization: `Bearer ${made.token}` };
  const ask = async (path: string, init: RequestInit = {}) =>
    (await fetch(`${collector.url}/api/${path}`, { ...init, headers: { ...headers, ...init.headers } })).status;
  assert.equal(await ask('projects/_/artifacts?name=a.js.map', { method: 'PUT', body: shop.map }), 200);
  assert.equal(await ask(`projects/${other.id}/artifacts?name=a.js.map`, { method: 'PUT', body: shop.map }), 403);
  for (const path of ['projects', 'issues', 'projects/1/artifacts', 'projects/1/tokens', 'session']) {
    assert.equal(await ask(path), 403, path);
  }
  assert.equal(await ask('projects/1/artifacts?release=', { method: 'DELETE' }), 403);
  const json = { 'content-type': 'application/json' };
  assert.equal(await ask('projects/1/tokens', { method: 'POST', body, headers: json }), 403);
  assert.deepEqual(await collector.api('/api/projects/1/tokens'), [
    { id: made.id, name: 'build', createdAt: made.createdAt },
  ]);
  await collector.api(`/api/projects/1/tokens/${made.id}`, { method: 'DELETE' });
  assert.equal(await ask('projects/_/artifacts?name=a.js.map', { method: 'PUT', body: shop.map }), 401);
});

test('a content that the project has is not uploaded again; another project has to bring its own', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const other = await collector.api<{ id: string }>('/api/projects', { method: 'POST', body: '{"name":"Other"}' });
  await put(collector, 'release=1&name=a.js.map', shop.map);
  const hash = createHash('sha256').update(shop.map).digest('hex');
  const known = (project: string) =>
    collector.api<{ missing: string[] }>(`/api/projects/${project}/artifacts/known`, {
      method: 'POST',
      body: JSON.stringify({ release: '2', files: [{ name: 'b.js.map', hash }] }),
    });
  assert.deepEqual(await known('1'), { missing: [] });
  assert.deepEqual(await known(other.id), { missing: [hash] });
  const list = () => collector.api<ArtifactList>('/api/projects/1/artifacts');
  assert.deepEqual(
    (await list()).artifacts.map(({ release, name }) => [release, name]),
    [
      ['2', 'b.js.map'],
      ['1', 'a.js.map'],
    ],
  );
  assert.deepEqual(await collector.api('/api/projects/1/artifacts?release=1', { method: 'DELETE' }), { removed: 1 });
  const frame = await frameAfter(collector, 'release=9&name=x.js.map', '2', { files: ['https://shop.example/b.js'] });
  assert.equal(frame.filename, 'src/cart.ts', 'what release 2 shares is still there');
  for (const { id } of (await list()).artifacts) {
    await collector.api(`/api/projects/1/artifacts/${id}`, { method: 'DELETE' });
  }
  assert.deepEqual((await list()).artifacts, []);
});

test('what is no map, too large or compressed to burst is refused, and hostile names harm nothing', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const before = (await readdir(collector.dataDir, { recursive: true })).toSorted();
  const broken = await put(collector, 'name=a.js.map', '{"version":3,"sources":[],"mappings":"g"}');
  assert.equal(broken.status, 422);
  assert.match(((await broken.json()) as { message: string }).message, /a number is cut off/);
  assert.equal((await put(collector, 'name=a.js.map', 'no json')).status, 422);
  assert.equal((await put(collector, 'name=', shop.map)).status, 400);
  const encoding = { headers: { 'content-encoding': 'gzip' } };
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(80_000_000)));
  assert.equal((await put(collector, 'name=a.js.map', bomb, encoding)).status, 413);
  assert.equal((await put(collector, 'name=a.js.map', new Uint8Array(gzipSync(shop.map)), encoding)).status, 200);
  const names = [
    '../../../../tmp/evil.map',
    '/etc/passwd.map',
    'C:\\x\\y.map',
    'a\0b.map',
    '%2e%2e%2fz.map',
    "'; DROP TABLE artifacts; --.map",
  ];
  for (const name of names) {
    const answer = await put(collector, `name=${encodeURIComponent(name)}`, shop.map);
    assert.equal(answer.status, 200, name);
    assert.doesNotMatch(((await answer.json()) as Artifact).name, /\.\.\/|^\/|\\/);
  }
  const after = (await readdir(collector.dataDir, { recursive: true })).toSorted();
  assert.deepEqual(after, before, 'only the database holds what was uploaded');
});

test('a frame in a package has its name and its source, and is not the site’s own', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const map = shop.map.replace('src/cart.ts', 'node_modules/cart/cart.ts');
  assert.equal((await put(collector, 'release=1&name=assets/shop.js.map', map)).status, 200);
  const { event, body } = thrown('1');
  await send(collector.endpoint, body);
  const stored = await collector.waitForEvent((found) => found.event.id === event.id);
  const frame = stored.frames[0]?.[0];
  assert.equal(frame?.filename, 'node_modules/cart/cart.ts');
  assert.equal(frame.function, 'checkout');
  assert.equal(frame.inApp, false);
  assert.ok(frame.source);
});
