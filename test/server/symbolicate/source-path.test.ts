import assert from 'node:assert/strict';
import { test } from 'node:test';
import { artifactName, hasContentHash } from '../../../src/server/symbolicate/artifact-name.ts';
import { isOwnSource, normalizeSourcePath, projectRoot } from '../../../src/server/symbolicate/source-path.ts';

test('a source has one path, whatever bundler names it', () => {
  for (const source of [
    'src/cart.ts',
    './src/cart.ts',
    '../../src/cart.ts',
    'webpack://shop/./src/cart.ts?1a2b',
    'webpack:///./src/cart.ts',
    'webpack:///src/cart.ts',
    'turbopack:///[project]/src/cart.ts',
    'https://shop.example/src/cart.ts',
    '/src/cart.ts',
    'src\\cart.ts',
  ]) {
    assert.equal(normalizeSourcePath(source), 'src/cart.ts', source);
  }
});

test('paths of the machine that built it begin at the project', () => {
  const sources = [
    '/srv/ada/shop/src/cart.ts',
    '/srv/ada/shop/src/pay/pay.ts',
    '/srv/ada/shop/node_modules/preact/a.js',
  ];
  assert.equal(projectRoot(sources), '/srv/ada/shop/');
  assert.equal(projectRoot(sources.slice(0, 2)), '/srv/ada/shop/');
  assert.equal(normalizeSourcePath('file:///srv/ada/shop/src/cart.ts', '/srv/ada/shop/'), 'src/cart.ts');
  assert.equal(
    normalizeSourcePath('file:///C:/shop/src/cart.ts', projectRoot(['file:///C:/shop/src/cart.ts'])),
    'src/cart.ts',
  );
  assert.equal(projectRoot(['src/a.ts', null]), '');
});

test('packages begin at node_modules, and are not the site’s own', () => {
  const path = normalizeSourcePath('../node_modules/.pnpm/react@19.0.0/node_modules/react/index.js');
  assert.equal(path, 'node_modules/react/index.js');
  for (const [source, own] of Object.entries({
    'src/cart.ts': true,
    'app/runtime-config.ts': true,
    '../node_modules/react/index.js': false,
    'webpack://shop/webpack/bootstrap': false,
    'webpack://shop/webpack/runtime/chunk loading': false,
    '\0vite/preload-helper.js': false,
    '\0commonjsHelpers.js': false,
    'src/polyfills.ts': false,
  })) {
    assert.equal(isOwnSource(source, normalizeSourcePath(source)), own, source);
  }
});

test('an uploaded file is known by its path, whatever stands around it', () => {
  for (const name of [
    'assets/app.js',
    '/assets/app.js',
    '~/assets/app.js',
    './assets/app.js',
    'https://a.example/assets/app.js?v=1#x',
    '..\\assets\\app.js',
  ]) {
    assert.equal(artifactName(name), 'assets/app.js', name);
  }
});

test('a hash in a name is told from a word', () => {
  for (const name of [
    'app-B7x2kQ9z.js',
    'main.3f2a9c1d.js',
    'chunk-4EDYP33S.js',
    'index_1a2b3c4d5e.js',
    '724-0a1b2c3d4e5f6a7b8c9d.js',
  ]) {
    assert.ok(hasContentHash(name), name);
  }
  for (const name of [
    'app.js',
    'shop-checkout.js',
    'vendor.min.js',
    'react-dom.production.js',
    'a-2.js',
    'es2015-polyfill.js',
  ]) {
    assert.ok(!hasContentHash(name), name);
  }
});
