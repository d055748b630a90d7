import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'vite';
import { findDebugId } from '../../src/plugin/debug-id.ts';
import { pagefault } from '../../src/plugin/vite.ts';

let root: string;
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'pagefault-workers-'));
  await mkdir(join(root, 'src'));
  await writeFile(
    join(root, 'src/main.js'),
    `export const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });`,
  );
  await writeFile(join(root, 'src/inlines.js'), `export { default as Inlined } from './worker.js?worker&inline';`);
  await writeFile(join(root, 'src/worker.js'), `onmessage = ({ data }) => postMessage(data.items.length);`);
});
after(() => rm(root, { recursive: true, force: true }));

/** Text by name of what Vite has built, where nothing but scripts and maps is. */
async function built(keepMaps: boolean): Promise<Map<string, string>> {
  const input = ['main', 'inlines'].map((name) => join(root, `src/${name}.js`));
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { sourcemap: true, rolldownOptions: { input, preserveEntrySignatures: 'strict' } },
    plugins: [pagefault({ upload: false, quiet: true, keepMaps })],
  });
  const folder = join(root, 'dist/assets');
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

test('a worker that Vite builds has a debug id of its own, as its map has, and so has the script that it stands in', async () => {
  const files = await built(true);
  const ids = [...files]
    .filter(([name]) => name.endsWith('.js'))
    .map(([name, code]) => {
      const { debugId } = JSON.parse(files.get(`${name}.map`) ?? '{}') as { debugId?: string };
      assert.equal(findDebugId(code), debugId, name);
      return debugId;
    });
  assert.equal(ids.length, 3);
  assert.equal(new Set(ids).size, 3);
});

test('maps of workers are kept out of what is published where all maps are', async () => {
  const files = await built(false);
  assert.deepEqual(
    [...files.keys()].filter((name) => name.endsWith('.map')),
    [],
  );
  for (const [name, code] of files) assert.doesNotMatch(code, /\n\/\/# sourceMappingURL/, name);
});
