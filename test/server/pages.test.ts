import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import { startCollector } from '../helpers/collector.ts';

const distDir = 'dist';

test('every route of the API is described in the document it serves', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const document = await collector.api<{ paths: Record<string, Record<string, { summary?: string }>> }>(
    '/api/openapi.json',
  );
  const described = new Set(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    ),
  );
  const sources = await Promise.all(globSync('src/server/**/*.ts').map((file) => readFile(file, 'utf8')));
  const routes = sources.flatMap((source) =>
    [...source.matchAll(/app\.(get|post|patch|put|delete)(?:<[^'"]*>)?\(\s*'(\/(?:api|in)\/[^']*)'/g)].map(
      ([, method, path]) => `${method} ${path?.replace(/:(\w+)/g, '{$1}')}`,
    ),
  );
  assert.ok(routes.length >= 13, `only ${routes.length} routes found in the source`);
  assert.deepEqual(
    routes.filter((route) => !described.has(route) && route !== 'get /api/openapi.json'),
    [],
  );
  assert.ok(![...described].some((route) => !/ \/(?:api|in)\//.test(route)), 'pages are no part of it');
});

test('every answer carries the headers that keep browsers strict', async (t) => {
  const collector = await startCollector({ distDir });
  t.after(() => collector.close());
  for (const path of [
    '/',
    '/issues/1',
    '/pagefault.js',
    '/api/issues',
    '/in/x',
    '/nothing.txt',
    '/health',
    '/assets/nothing.js',
  ]) {
    const { headers } = await fetch(collector.url + path);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/, path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    assert.equal(headers.get('referrer-policy'), 'no-referrer', path);
  }
});

test('the viewer answers on every path of its own, and runs only its own scripts', async (t) => {
  const collector = await startCollector({ distDir });
  t.after(() => collector.close());
  for (const path of ['/', '/sign-in', '/issues/12', '/settings/projects?x=1']) {
    const response = await fetch(collector.url + path);
    assert.equal(response.status, 200, path);
    assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /require-trusted-types-for 'script'/);
    assert.doesNotMatch(policy, /unsafe/);
  }
  for (const path of [
    '/api/nothing',
    '/demo/',
    '/in/',
    '/assets/nothing.js',
    '/..%2f..%2fpackage.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/node/pagefault.js',
  ]) {
    const { status } = await fetch(collector.url + path);
    assert.ok(status === 404 || status === 403, `${path}: ${status}`);
  }
});

test('the reporter can be loaded by pages of any origin', async (t) => {
  const collector = await startCollector({ distDir });
  t.after(() => collector.close());
  for (const path of ['/pagefault.js', '/snippet.js']) {
    const { status, headers } = await fetch(collector.url + path);
    assert.equal(status, 200);
    assert.equal(headers.get('access-control-allow-origin'), '*');
    assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.match(headers.get('content-type') ?? '', /javascript/);
  }
});

test('health needs no sign-in and tells nothing', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  assert.deepEqual(await (await fetch(`${collector.url}/health`)).json(), { status: 'ok' });
});
