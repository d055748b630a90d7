import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { build } from 'esbuild';
import { pagefault } from '../../src/plugin/esbuild.ts';
import type { StoredEvent } from '../../src/protocol/api.ts';
import { browserTest } from '../helpers/browser.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { startSite, type Site } from '../helpers/site.ts';

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
  const names = await readdir(join(folder, 'dist'));
  assert.equal(names.length, 1, 'the map is not published');
  const [name = ''] = names;
  const reporter = `<script src="${collector.url}/pagefault.js" data-endpoint="${collector.endpoint}" crossorigin></script>`;
  site = await startSite({
    files: {
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
