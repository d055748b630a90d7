import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import * as terserModule from '@rollup/plugin-terser';
import { minify as swcMinify } from '@swc/core';
import { transform as esbuildTransform } from 'esbuild';
import { rollup, watch, type OutputOptions, type Plugin, type RollupWatcherEvent } from 'rollup';
import { build as viteBuild } from 'vite';
import { findDebugId } from '../../src/plugin/debug-id.ts';
import * as forRollup from '../../src/plugin/rollup.ts';
import * as forVite from '../../src/plugin/vite.ts';
import { until } from '../helpers/until.ts';
import { shop } from './bundlers.ts';

const options = { quiet: true, keepMaps: true };
const terser = terserModule.default as unknown as () => Plugin;

const minifiers: Record<string, Plugin> = {
  terser: terser(),
  esbuild: {
    name: 'esbuild',
    async renderChunk(code) {
      const { code: minified, map } = await esbuildTransform(code, { minify: true, sourcemap: 'external' });
      return { code: minified, map };
    },
  },
  swc: {
    name: 'swc',
    async renderChunk(code, _chunk, { format }) {
      const module = format === 'es';
      const { code: minified, map } = await swcMinify(code, { sourceMap: true, compress: true, mangle: true, module });
      return { code: minified, map: map ?? null };
    },
  },
};

async function shopFolder(t: { after(end: () => unknown): void }, more: Record<string, string> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pagefault-outputs-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries({ ...shop, 'package.json': '{"type":"module"}', ...more })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

async function read(folder: string, end: string): Promise<[string, string][]> {
  const paths = (await readdir(join(folder, 'dist'), { recursive: true })).filter((path) => path.endsWith(end));
  return Promise.all(
    paths.map(async (path) => [path, await readFile(join(folder, 'dist', path), 'utf8')] as [string, string]),
  );
}

/** Script and map have one id, and a text of the shop leads to where it was written. */
async function assertTraced(folder: string, text: string, source: string, line: number) {
  const scripts = await read(folder, '.js');
  const [path, code] = scripts.find(([, each]) => each.includes(text)) ?? assert.fail(`no script has ${text}`);
  for (const [name, each] of scripts) assert.ok(findDebugId(each), name);
  const map = JSON.parse(await readFile(join(folder, 'dist', `${path}.map`), 'utf8')) as { debugId?: string };
  assert.equal(map.debugId, findDebugId(code));
  const before = code.slice(0, code.indexOf(text)).split('\n');
  const place = { line: before.length, column: before.at(-1)?.length ?? 0 };
  const found = originalPositionFor(new TraceMap(JSON.stringify(map)), place);
  assert.deepEqual([found.source?.replace(/^.*src\//, 'src/'), found.line], [source, line]);
}

for (const [name, minifier] of Object.entries(minifiers)) {
  for (const format of ['es', 'system', 'iife'] as const) {
    test(`rollup to ${format}, minified by ${name}: ids are registered, and places stay right`, async (t) => {
      const folder = await shopFolder(t);
      const bundle = await rollup({
        input: join(folder, 'src/main.js'),
        plugins: [minifier, forRollup.pagefault(options)],
        onLog: () => undefined,
      });
      const output: OutputOptions = {
        dir: join(folder, 'dist'),
        format,
        sourcemap: true,
        entryFileNames: '[name]-[hash].js',
        ...(format === 'iife' && { inlineDynamicImports: true, name: 'shop' }),
      };
      await bundle.write(output);
      await bundle.close();
      await assertTraced(folder, 'refused: ', 'src/main.js', 8);
      if (format !== 'iife') await assertTraced(folder, 'too much', 'src/pay.js', 3);
    });
  }
}

test('vite with style sheets: they stay as they were, and the scripts beside them are traced', async (t) => {
  const styled = {
    'src/shop.css': '.cart { color: red }\n',
    'src/main.js': `import './shop.css';\n${shop['src/main.js']}`,
  };
  const built = async (plugins: Plugin[]) => {
    const folder = await shopFolder(t, styled);
    const rolldownOptions = { input: join(folder, 'src/main.js') };
    await viteBuild({ root: folder, logLevel: 'silent', build: { sourcemap: true, rolldownOptions }, plugins });
    return folder;
  };
  const [plain, traced] = [await built([]), await built([forVite.pagefault(options) as Plugin])];
  const [[, sheet] = ['', '']] = await read(traced, '.css');
  assert.match(sheet, /\.cart/);
  assert.deepEqual(await read(traced, '.css'), await read(plain, '.css'));
  await assertTraced(traced, 'refused: ', 'src/main.js', 9);
});

test('a build that watches adds nothing and uploads nothing, again and again', async (t) => {
  const folder = await shopFolder(t);
  const watcher = watch({
    input: join(folder, 'src/main.js'),
    plugins: [forRollup.pagefault({ quiet: true, strict: true, url: 'http://127.0.0.1:1', token: 'none' })],
    output: { dir: join(folder, 'dist'), sourcemap: true, entryFileNames: '[name].js' },
    onLog: () => undefined,
  });
  t.after(() => watcher.close());
  let builds = 0;
  let failure: unknown;
  watcher.on('event', (event: RollupWatcherEvent) => {
    if (event.code === 'END') builds++;
    if (event.code === 'ERROR') failure = event.error;
  });
  const built = async (count: number) => {
    await until(
      () => builds >= count || failure !== undefined,
      () => builds,
    );
    assert.equal(failure, undefined);
    return (await read(folder, '.js')).map(([, code]) => code).join('\n');
  };
  assert.doesNotMatch(await built(1), /pagefaultDebugIds/);
  await writeFile(join(folder, 'src/style.css.js'), "export const color = 'blue';\nglobalThis.shopColor = color;\n");
  const second = await built(2);
  assert.match(second, /blue/);
  assert.doesNotMatch(second, /pagefaultDebugIds/);
});
