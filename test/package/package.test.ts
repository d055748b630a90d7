import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { runScript } from '../helpers/command.ts';
import { installPackage, type InstalledPackage } from './installed-package.ts';

let installed: InstalledPackage;
before(async () => {
  installed = await installPackage();
});
after(() => installed.remove());

const read = (file: string) => readFileSync(join(installed.packageDir, file), 'utf8');

test('brings nothing else along', () => {
  const packages = readdirSync(join(installed.folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  assert.deepEqual(packages, ['pagefault']);
  const manifest = JSON.parse(read('package.json')) as Record<string, unknown>;
  assert.equal(manifest['dependencies'], undefined);
});

test('contains what is built and what people read, nothing else', () => {
  const { packageDir } = installed;
  assert.deepEqual(readdirSync(packageDir).sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'demo',
    'dist',
    'package.json',
    'src',
  ]);
  const guides = globSync('{demo,src}/**/*.*', { cwd: packageDir });
  assert.deepEqual(
    guides.filter((file) => !/\.(md|png|service)$/.test(file)),
    [],
  );
  const files = globSync('dist/**/*', { cwd: installed.packageDir, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const odd = files.filter(
    ({ name }) => !/\.(js|js\.map|d\.ts|html|css|css\.map|svg|png|webp|ico|woff2|txt)$/.test(name),
  );
  assert.deepEqual(
    odd.map(({ name }) => name),
    [],
  );
});

test('has no guide that links to what is not in it', () => {
  const { packageDir } = installed;
  const dead = globSync('{*.md,src/**/*.md}', { cwd: packageDir }).flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:)([^)#]+)/g)]
      .map(([, target = '']) => join(dirname(file), target))
      .filter((target) => !existsSync(join(packageDir, target)))
      .map((target) => `${file}: ${target}`),
  );
  assert.deepEqual(dead, []);
});

test('carries the licences of what is bundled', () => {
  assert.match(read('dist/node/LICENSES.txt'), /fastify/i);
  assert.match(read('dist/index.LICENSES.txt'), /error-stack-parser/i);
  assert.match(read('dist/viewer/LICENSES.txt'), /preact/i);
});

test('is as publint wants it', async () => {
  const { messages, pkg } = await publint({ pkgDir: installed.packageDir, pack: false, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg, { color: false })),
    [],
  );
});

test('has types that resolve as its code does, says arethetypeswrong', async () => {
  const tarball = createPackageFromTarballData(readFileSync(installed.tarball));
  const result = await checkPackage(tarball);
  assert.ok(result.types);
  // The package is of ES modules only, which its first page says: `require` is not promised, nor Node 10's resolution.
  const wrong = result.problems.filter((problem) => {
    const kind = 'resolutionKind' in problem ? problem.resolutionKind : undefined;
    return kind !== 'node10' && kind !== 'node16-cjs';
  });
  assert.deepEqual(wrong, []);
});

test('can be imported on a server, where the reporter does nothing', async () => {
  const printed = await installed.node(
    '--input-type=module',
    '--eval',
    `const { init, captureException, captureMessage, flush, close } = await import('pagefault');
     init({ endpoint: 'http://127.0.0.1:1/in/KEY' });
     captureException(new Error('x'));
     captureMessage('hello');
     await flush();
     await close();
     console.log(typeof window, 'done');`,
  );
  assert.equal(printed, 'undefined done\n');
});

test('gives each subpath its exports', async () => {
  const printed = await installed.node(
    '--input-type=module',
    '--eval',
    `const { parseBatch } = await import('pagefault/protocol');
     const { createCollector } = await import('pagefault/server');
     const collector = await createCollector({ dataDir: 'data', port: 0 });
     const { url } = await collector.listen();
     const { status } = await fetch(url + '/health');
     await collector.close();
     console.log(parseBatch('{}').ok, status);`,
  );
  assert.equal(printed, 'false 200\n');
});

for (const [module, moduleResolution] of [
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
] as const) {
  test(`has types for each subpath under moduleResolution ${moduleResolution}`, async () => {
    cpSync('test/package/project', installed.folder, { recursive: true });
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const args = [tsc, '-p', installed.folder, '--module', module, '--moduleResolution', moduleResolution];
    const { stdout } = await promisify(execFile)(process.execPath, args).catch((error: { stdout: string }) => error);
    assert.equal(stdout, '');
  });
}

test('starts by its command, and serves script, viewer and demo', async (t) => {
  const bin = join(installed.folder, 'node_modules/.bin/pagefault');
  assert.ok(existsSync(bin));
  const command = runScript(bin, ['serve', '--port', '0', '--demo'], { cwd: installed.folder });
  t.after(() => command.child.kill('SIGKILL'));
  const [, url = ''] = await command.printed(/Viewer +(http\S+?)\/sign-in#[\s\S]*<\/script>/);
  for (const path of [
    '/health',
    '/pagefault.js',
    '/pagefault-worker.js',
    '/pagefault-logger.js',
    '/pagefault-console.js',
    '/pagefault-crashes.js',
    '/pagefault-frames.js',
    '/pagefault-reports.js',
    '/snippet.js',
    '/',
    '/sign-in',
    '/demo/',
  ]) {
    assert.equal((await fetch(url + path)).status, 200, path);
  }
  command.child.kill('SIGINT');
  assert.equal(await command.ended, 0);
});
