import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before } from 'node:test';
import { build } from 'esbuild';
import { build as buildByVite } from 'vite';
import { pagefault } from '../../src/plugin/esbuild.ts';
import { pagefault as pagefaultForVite } from '../../src/plugin/vite.ts';
import type { StoredEvent } from '../../src/protocol/api.ts';
import { browserTest } from '../helpers/browser.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { startSite, type Site } from '../helpers/site.ts';
import { until } from '../helpers/until.ts';

/** Each way breaks in another line than the one before it, though the minifier puts them into one. */
const ways = {
  property: { line: '  return user.name;', function: 'property' },
  method: { line: '  shop.missing(count);', function: 'method' },
  thrown: { line: "    throw new Error('thrown');", function: 'thrown' },
  callback: { line: '    return next.a.b;', function: 'callback of shop.items.map in callback' },
  member: { line: '    return this.order.total.amount;', function: 'Cart.total' },
  late: { line: '  return user.id;', function: 'late' },
};

const source = `const shop: any = { user: null, items: [1], missing: undefined };
function property() {
  const user = shop.user;
  return user.name;
}
function method() {
  const count = shop.items.length;
  shop.missing(count);
  return count;
}
function thrown() {
  if (shop.items.length) {
    throw new Error('thrown');
  }
  return 1;
}
function callback() {
  return shop.items.map((item: any) => {
    const next = { a: shop.missing, item };
    return next.a.b;
  });
}
class Cart {
  order: any = { total: shop.missing };
  total() {
    return this.order.total.amount;
  }
}
async function late() {
  await null;
  const user = shop.user;
  return user.id;
}
const member = () => new Cart().total();
Object.assign(window, { ways: { property, method, thrown, callback, member, late } });
`;

const worker = `import { init } from '${resolve('dist/worker.js')}';
init();
function total(order: any) {
  const { items } = order;
  return items.length;
}
onmessage = ({ data }) => setTimeout(() => total(data));
`;
const workerLine = '  return items.length;';

let collector: TestCollector;
let site: Site;
let folder: string;

/** A page built by esbuild with the plugin, which uploads the map and keeps it out of the site. */
before(async () => {
  collector = await startCollector();
  folder = await mkdtemp(join(tmpdir(), 'pagefault-maps-'));
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'src/shop.ts'), source);
  await build({
    absWorkingDir: folder,
    entryPoints: ['src/shop.ts'],
    bundle: true,
    minify: true,
    format: 'iife',
    outdir: join(folder, 'dist'),
    entryNames: '[name]-[hash]',
    plugins: [pagefault({ url: collector.endpoint, token: collector.token, strict: true, quiet: true })],
    logLevel: 'error',
  });
  await writeFile(join(folder, 'src/worker.ts'), worker);
  await writeFile(
    join(folder, 'src/starts-worker.ts'),
    `export const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    export { default as Inlined } from './worker.ts?worker&inline';
    Object.assign(window, { worker, Inlined: await import('./worker.ts?worker&inline') });`,
  );
  await buildByVite({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: { outDir: 'vite', rolldownOptions: { input: join(folder, 'src/starts-worker.ts') } },
    plugins: [pagefaultForVite({ url: collector.endpoint, token: collector.token, strict: true, quiet: true })],
  });
  const names = await readdir(join(folder, 'dist'));
  assert.equal(names.length, 1, 'the map is not published');
  const [name = ''] = names;
  const reporter = `<script src="${collector.url}/pagefault.js" data-endpoint="${collector.endpoint}"></script>`;
  const built = await readdir(join(folder, 'vite/assets'));
  assert.deepEqual(
    built.filter((file) => !file.endsWith('.js')),
    [],
    'no map is published',
  );
  const first = built.find((file) => file.startsWith('starts-worker'));
  const parts = built.map(async (file) => [
    `/assets/${file}`,
    await readFile(join(folder, 'vite/assets', file), 'utf8'),
  ]);
  site = await startSite({
    files: {
      ...(Object.fromEntries(await Promise.all(parts)) as Record<string, string>),
      '/workers': `<!doctype html><title>workers</title><link rel="icon" href="data:,">${reporter}<script type="module" src="/assets/${first}"></script>`,
      '/': `<!doctype html><title>shop</title><link rel="icon" href="data:,">${reporter}<script src="/${name}"></script>`,
      [`/${name}`]: await readFile(join(folder, 'dist', name), 'utf8'),
    },
  });
});

after(async () => {
  await site.close();
  await collector.close();
  await rm(folder, { recursive: true, force: true });
});

browserTest('an error in a minified script shows the author’s line and function', async ({ page, engine }) => {
  await page.goto(`${site.url}?${engine}`);
  for (const [way, expected] of Object.entries(ways)) {
    await page.evaluate(`void setTimeout(ways.${way})`);
    const isIt = ({ event, frames }: StoredEvent) =>
      event.page?.url.endsWith(`?${engine}`) === true &&
      frames[0]?.some((frame) => frame.source?.line === expected.line) === true;
    const { frames } = await collector.waitForEvent(isIt);
    const top = frames[0]?.[0];
    assert.equal(top?.source?.line, expected.line, way);
    assert.equal(top.function, expected.function, way);
    assert.equal(top.filename, 'src/shop.ts');
    assert.ok(top.inApp);
  }
});

browserTest(
  'an error in a worker that Vite has built shows the author’s line, inlined too',
  async ({ page, engine }) => {
    const url = `${site.url}/workers?${engine}`;
    await page.goto(url);
    await until(
      () => page.evaluate(() => 'Inlined' in window),
      () => 'the page has not started',
    );
    for (const start of ['worker', 'new Inlined.default()']) {
      await page.evaluate(`${start}.postMessage({ by: '${start}' })`);
      const { frames } = await collector.waitForEvent(
        ({ event, receivedAt }) =>
          event.page?.url === url &&
          receivedAt > 0 &&
          /^blob:/.test(event.exceptions[0]?.frames[0]?.filename ?? '') === start.startsWith('new'),
      );
      const top = frames[0]?.[0];
      assert.equal(top?.source?.line, workerLine, start);
      assert.equal(top.function, 'total');
    }
  },
);
