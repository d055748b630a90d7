import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as terserModule from '@rollup/plugin-terser';
import { build as esbuild } from 'esbuild';
import { rollup, type Plugin } from 'rollup';
import { build as viteBuild } from 'vite';
import webpack from 'webpack';
import { installPackage, type InstalledPackage } from './installed-package.ts';

const terser = terserModule.default as unknown as () => Plugin;

const { budgets } = JSON.parse(readFileSync('package.json', 'utf8')) as { budgets: { 'dist/pagefault.js': number } };

let installed: InstalledPackage;
before(async () => {
  installed = await installPackage();
});
after(() => installed.remove());

type Build = (entry: string, dir: string) => Promise<void>;

/** Each as its own documentation begins: no option is about us. */
const bundlers: Record<string, Build> = {
  async rollup(input, dir) {
    const onwarn = ({ message }: { message: string }) => assert.fail(message);
    const bundle = await rollup({ input, plugins: [nodeResolve({ browser: true }), terser()], onwarn });
    await bundle.write({ dir, entryFileNames: 'out.js' });
  },
  async esbuild(entry, dir) {
    const outfile = join(dir, 'out.js');
    const { warnings } = await esbuild({
      entryPoints: [entry],
      outfile,
      bundle: true,
      minify: true,
      format: 'esm',
      logLevel: 'silent',
    });
    // It says of an import without names that nothing of it is needed, which is what this is about.
    assert.deepEqual(
      warnings.filter(({ id }) => id !== 'ignored-bare-import'),
      [],
    );
  },
  webpack: (entry, path) =>
    new Promise((resolve, reject) => {
      webpack({ mode: 'production', entry, output: { path, filename: 'out.js' } }, (error, stats) => {
        if (error || !stats || stats.hasErrors() || stats.hasWarnings()) reject(error ?? new Error(stats?.toString()));
        else resolve();
      });
    }),
  async vite(entry, outDir) {
    const rolldownOptions = { input: entry, output: { entryFileNames: 'out.js' } };
    await viteBuild({ root: installed.folder, logLevel: 'silent', build: { outDir, rolldownOptions } });
  },
};

let entries = 0;

/** What a page's own code makes with each bundler, minified. */
async function bundle(name: string, code: string): Promise<string> {
  const entry = join(installed.folder, `entry-${++entries}.mjs`);
  const dir = join(installed.folder, `dist-${entries}`);
  writeFileSync(entry, code);
  await bundlers[name]?.(entry, dir);
  const [file = ''] = globSync('**/out.js', { cwd: dir });
  return readFileSync(join(dir, file), 'utf8');
}
const sizeOf = (code: string) => brotliCompressSync(code).length;

const only = (names: string) =>
  `import { ${names} } from 'pagefault';\nglobalThis.used = [${names}];\ninit({ endpoint: 'https://example.com/in/KEY' });`;

test('each name costs something, and only who imports it', async () => {
  const names = Object.keys((await import(join(installed.packageDir, 'dist/index.js'))) as object);
  // These stand on what `createLogger` brings.
  const further = ['init', 'setThreshold', 'addProcessor', 'addHandler'];
  const others = names.filter((name) => !further.includes(name));
  const [init = '', ...both] = await Promise.all(
    [only('init'), ...others.map((other) => only(`init, ${other}`))].map((code) => bundle('esbuild', code)),
  );
  // A name more stands in the list of the page, and its comma.
  for (const [i, other] of others.entries())
    assert.ok(
      (both[i]?.length ?? 0) > init.length + 2,
      `${other} costs ${(both[i]?.length ?? 0) - init.length} characters`,
    );
});

for (const name of Object.keys(bundlers)) {
  test(`${name}: what is not imported costs nothing`, async (t) => {
    const nothing = await bundle(name, `import 'pagefault';\nimport 'pagefault/worker';\nglobalThis.used = [];`);
    assert.ok(nothing.length < 60, nothing);

    const init = await bundle(name, only('init'));
    const whole = await bundle(name, `import * as api from 'pagefault';\nglobalThis.used = api;`);
    t.diagnostic(`init alone: ${sizeOf(init)} bytes in brotli, everything: ${sizeOf(whole)}`);
    assert.ok(init.length < whole.length);
    // Minifiers differ by 5 %: held against each other is what one of them makes of both.
    const tag = await bundle(name, `import 'pagefault/script';`);
    t.diagnostic(`the script of the tag: ${sizeOf(tag)}`);
    assert.ok(sizeOf(init) <= sizeOf(tag), `${sizeOf(init)} bytes, ${sizeOf(tag)} for the tag`);
    assert.ok(sizeOf(init) <= budgets['dist/pagefault.js'], `${sizeOf(init)} bytes`);

    assert.ok(whole.includes('log-queue-full'));
    for (const word of ['log-queue-full', 'trace', 'setThreshold'])
      assert.ok(!init.includes(word), `who logs nothing has nothing of the loggers: ${word}`);
    const worker = await bundle(name, `import { init } from 'pagefault/worker';\ninit();`);
    t.diagnostic(`the worker's: ${sizeOf(worker)}`);
    assert.ok(sizeOf(worker) < sizeOf(init) / 2, `${sizeOf(worker)} bytes`);
    assert.ok(!init.includes('keepalive:true,credentials:"omit"'), 'the page has nothing of the worker');
  });

  test(`${name}: a page rendered on a server does nothing there`, async () => {
    const built = await bundle(
      name,
      `import * as pagefault from 'pagefault';
      async function render() {
        pagefault.init({ endpoint: 'http://127.0.0.1:1/in/KEY' });
        pagefault.captureException(new Error('x'));
        const isSent = await pagefault.flush();
        pagefault.close();
        const globals = Object.keys(globalThis).filter((key) => /pagefault/.test(key));
        globalThis.process.stdout.write([typeof window, isSent, globals].join());
      }
      render();`,
    );
    const file = join(installed.folder, `server-${entries}.mjs`);
    writeFileSync(file, built);
    const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: installed.folder });
    assert.equal(stdout, 'undefined,true,');
  });
}
