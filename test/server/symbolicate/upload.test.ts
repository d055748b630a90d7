import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Artifact, ArtifactList, NewUploadToken } from '../../../src/protocol/api.ts';
import { batch, batchEvent, send } from '../../helpers/batches.ts';
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

/** A minified script and its map, as a person's build makes them. */
async function buildShop() {
  const { outputFiles } = await build({
    stdin: { contents: source, sourcefile: 'src/cart.ts', loader: 'ts' },
    minify: true,
    bundle: true,
    format: 'iife',
    sourcemap: 'external',
    outfile: '/out/shop.js',
    write: false,
  });
  const textOf = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { script: textOf('.js'), map: textOf('.map') };
}

const shop = await buildShop();
const column = shop.script.indexOf('new Error') + 1;
const url = 'https://shop.example/static/assets/shop.js';

/** An event thrown where the built shop throws. */
function thrown(release: string | undefined) {
  const event = batchEvent({ exceptions: [{ type: 'Error', value: 'sold out 0', stack: 0 }] });
  const shared = { files: [`${url}?v=1`], frames: [['a', 0, 1, column]], stacks: [[0]], ...(release && { release }) };
  return { event, body: batch([event], shared) };
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
