import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { build } from 'esbuild';
import { browserTest, type Page } from '../helpers/browser.ts';
import { startReportedPages, type ReportedPages } from '../helpers/reported-page.ts';
import type { Content } from '../helpers/site.ts';

/** Code with imports from packages, as one classic script. */
async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd(), loader: 'js' },
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    define: { 'process.env.NODE_ENV': '"development"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false' },
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

const react = `
  import { createElement as h, Component, StrictMode, useEffect } from 'react';
  import { createRoot } from 'react-dom/client';
  class Boundary extends Component {
    state = {};
    static getDerivedStateFromError(error) { return { error }; }
    componentDidCatch(error) { pagefault.captureException(error); }
    render() { return this.state.error ? h('p', { id: 'caught' }, this.state.error.message) : this.props.children; }
  }
  function Broken() { throw broken; }
  const broken = new RangeError('broken component');
  window.start = () => createRoot(document.body.appendChild(document.createElement('div')))
    .render(h(StrictMode, null, h(Boundary, null, h(Broken))));`;

const vue = `
  import { createApp, h } from 'vue';
  window.start = () => {
    const app = createApp({
      setup: () => () => h('button', { id: 'vue', onClick() { throw new RangeError('broken handler'); } }, 'x'),
    });
    app.config.errorHandler = (error) => { window.seen = error.message; pagefault.captureException(error); };
    app.mount(document.body.appendChild(document.createElement('div')));
    document.querySelector('#vue').click();
  };`;

const angular = `
  import 'zone.js';
  import '@angular/compiler';
  import { Component, ErrorHandler, provideZoneChangeDetection } from '@angular/core';
  import { bootstrapApplication } from '@angular/platform-browser';
  const App = Component({
    selector: 'shop-app',
    template: '<button id="add" (click)="add()">{{ count }}</button><button id="later" (click)="later()">x</button>',
  })(class {
    count = 0;
    add() { this.count++; throw new RangeError('broken handler'); }
    later() { setTimeout(() => Promise.reject(new RangeError('broken promise'))); }
  });
  window.seen = 0;
  class Handler { handleError(error) { pagefault.captureException(error.rejection ?? error); window.seen++; } }
  window.start = async () => {
    document.body.append(document.createElement('shop-app'));
    await bootstrapApplication(App, {
      providers: [provideZoneChangeDetection(), { provide: ErrorHandler, useClass: Handler }],
    });
  };`;

const sentry = `
  import * as Sentry from '@sentry/browser';
  Sentry.init({ dsn: location.protocol + '//key@' + location.host + '/1', defaultIntegrations: undefined });
  window.Sentry = Sentry;`;

const turbo = `import '@hotwired/turbo';`;

const file = (name: string) => readFileSync(`node_modules/${name}`, 'utf8');

let pages: ReportedPages;
let envelopes: string[] = [];
let htmls: Record<string, string> = {};
const beside = ['zone', 'zone-later', 'sentry', 'sentry-later', 'twice', 'onerror'];
const names = [...beside, 'react', 'vue', 'angular', 'turbo', 'turbo-next', 'htmx', 'hostile'];

before(async () => {
  const sink: Content = (request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part));
    request.on('end', () => (envelopes.push(body), response.end('{}')));
  };
  const sources = { react, vue, angular, sentry, turbo };
  const bundles = Object.entries(sources).map(async ([name, source]) => [`/${name}.js`, await bundle(source)] as const);
  const files: Record<string, Content> = {
    ...Object.fromEntries(await Promise.all(bundles)),
    '/zone.js': file('zone.js/fesm2015/zone.js'),
    '/htmx.js': file('htmx.org/dist/htmx.min.js'),
    '/api/1/envelope/': sink,
    '/part': '<b id="part">part</b>',
  };
  // The pages need the collector's address, which is known when their site has started.
  for (const name of names) {
    files[`/${name}`] = (_, response) => {
      response.setHeader('content-type', 'text/html;charset=utf-8');
      response.end(htmls[name]);
    };
  }
  pages = await startReportedPages(files);
  const own = pages.collector;
  const tag = `<script src="${own.url}/pagefault.js" data-endpoint="${own.endpoint}"></script>`;
  const html = (head: string, body = '') => `<!doctype html><title>Company</title>${head}<body>${body}</body>`;
  htmls = {
    zone: html(`<script src="/zone.js"></script>${tag}`),
    'zone-later': html(`${tag}<script src="/zone.js"></script>`),
    react: html(`${tag}<script src="/react.js"></script>`),
    vue: html(`${tag}<script src="/vue.js"></script>`),
    angular: html(`${tag}<script src="/angular.js"></script>`),
    sentry: html(`<script src="/sentry.js"></script>${tag}`),
    'sentry-later': html(`${tag}<script src="/sentry.js"></script>`),
    twice: html(tag + tag),
    onerror: html(`${tag}<script>seen = []; onerror = (...args) => { seen.push(args.length); return true; };</script>`),
    turbo: html(`${tag}<script src="/turbo.js"></script>`, '<a id="go" href="/turbo-next">next</a>'),
    'turbo-next': html(`${tag}<script src="/turbo.js"></script>`, '<p id="next">next</p>'),
    htmx: html(
      `${tag}<script src="/htmx.js"></script>`,
      '<button id="go" hx-get="/part" hx-push-url="/htmx?part">x</button>',
    ),
    hostile: html(`<script>{
      const throwing = () => { throw new Error('hostile'); };
      navigator.sendBeacon = throwing;
      window.fetch = () => 'junk';
      Storage.prototype.setItem = throwing;
      Storage.prototype.getItem = () => 7;
      Storage.prototype.removeItem = throwing;
      console.log = 7;
      window.XMLHttpRequest = undefined;
      Object.freeze(console);
      Object.freeze(Function.prototype);
    }</script>${tag}`),
  };
});
after(() => pages.close());

const values = async (page: Page, url: string) =>
  (await pages.eventsOf(page, url)).map(({ exceptions, message }) => exceptions[0]?.value ?? message);

/** Throws, rejects and fails a request once each, and waits until all three have been told to the page. */
const breakThings = `new Promise((resolve) => {
  setTimeout(() => { throw new RangeError('thrown'); });
  Promise.reject(new RangeError('rejected'));
  fetch('/answer/500').then(() => setTimeout(resolve, 300));
})`;
const broken = (url: string) => ['rejected', 'thrown', `GET ${new URL('/answer/500', url).href} answered 500`].sort();

for (const name of beside) {
  browserTest(`one event each beside ${name}, and both go on after close()`, async ({ page }) => {
    envelopes = [];
    const url = pages.newUrl(`/${name}`);
    await page.goto(url);
    await page.evaluate(breakThings);
    // Zone.js tells no listener of a rejection outside its tasks, with or without us.
    const expected = broken(url).filter((value) => !name.startsWith('zone') || value !== 'rejected');
    assert.deepEqual((await values(page, url)).sort(), expected);
    const before = await page.evaluate<boolean[]>(
      '[fetch, console.log, onerror].map((each) => typeof each === "function")',
    );
    await page.evaluate('pagefault.close()');
    assert.deepEqual(
      await page.evaluate('[fetch, console.log, onerror].map((each) => typeof each === "function")'),
      before,
      'nothing of others is removed',
    );
    assert.equal(await page.evaluate('fetch("/answer/200").then(({ status }) => status)'), 200);
    if (name.startsWith('sentry')) {
      await page.evaluate('Sentry.captureMessage("after close")');
      await page.evaluate('Sentry.flush(2000)');
      assert.match(envelopes.join(), /thrown/);
      assert.match(envelopes.join(), /after close/);
    }
    if (name.startsWith('zone')) {
      assert.equal(await page.evaluate('Zone.current.fork({ name: "child" }).run(() => Zone.current.name)'), 'child');
      assert.equal(
        await page.evaluate(
          'Zone.current.fork({ name: "z" }).run(async () => { await fetch("/answer/200"); return 1; })',
        ),
        1,
      );
    }
    if (name === 'onerror') assert.deepEqual(await page.evaluate('seen'), [5]);
  });
}

browserTest('an Angular-like zone gets its errors, and the boundary reports them once', async ({ page }) => {
  const url = pages.newUrl('/zone');
  await page.goto(url);
  const seen = await page.evaluate(`new Promise((resolve) => {
    const zone = Zone.current.fork({
      name: 'angular',
      onHandleError(delegate, current, target, error) {
        pagefault.captureException(error);
        resolve([error.message, Zone.current.name]);
        return false;
      },
    });
    zone.run(() => setTimeout(() => { throw new RangeError('in the zone'); }));
  })`);
  assert.equal((seen as string[])[0], 'in the zone');
  assert.deepEqual(await values(page, url), ['in the zone']);
});

browserTest('a React component that throws in StrictMode is one event', async ({ page }) => {
  const url = pages.newUrl('/react');
  await page.goto(url);
  await page.evaluate('start()');
  assert.equal(await page.text('#caught'), 'broken component');
  assert.deepEqual(await values(page, url), ['broken component']);
});

browserTest('a Vue handler that throws is one event, and its errorHandler gets it', async ({ page }) => {
  const url = pages.newUrl('/vue');
  await page.goto(url);
  await page.evaluate('start()');
  await page.waitFor('window.seen');
  assert.equal(await page.evaluate('seen'), 'broken handler');
  assert.deepEqual(await values(page, url), ['broken handler']);
});

browserTest('an Angular application goes on, and its ErrorHandler reports each error once', async ({ page }) => {
  const url = pages.newUrl('/angular');
  await page.goto(url);
  // After an unhandled rejection, zone.js goes on with promises at the end of its next task, with a reporter or without.
  await page.evaluate('void setInterval(() => {}, 20)');
  await page.evaluate('start()');
  await page.click('#add');
  await page.click('#later');
  await page.waitFor('seen > 1');
  assert.deepEqual((await values(page, url)).sort(), ['broken handler', 'broken promise']);
  assert.equal(await page.evaluate('document.querySelector("#add").textContent'), '1');
});

browserTest('Turbo goes on, and what breaks on the next page has its address', async ({ page }) => {
  await page.goto(pages.newUrl('/turbo'));
  await page.evaluate('void (window.mark = 1)');
  await page.click('#go');
  await page.waitFor('document.querySelector("#next")');
  assert.equal(await page.evaluate('mark'), 1);
  const url = await page.url();
  await page.evaluate(
    `fetch('/answer/200').then(() => pagefault.captureException(new RangeError('after ' + Math.random())))`,
  );
  const found = (await pages.eventsOf(page, url)).at(-1);
  assert.match(found?.exceptions[0]?.value ?? '', /^after/);
  assert.ok(found?.breadcrumbs.some(({ kind, text }) => kind === 'navigation' && text === url));
});

browserTest('htmx swaps its part in, and its steps are told', async ({ page }) => {
  await page.goto(pages.newUrl('/htmx'));
  await page.click('#go');
  assert.equal(await page.text('#part'), 'part');
  await page.evaluate(`pagefault.captureException(new RangeError('htmx'))`);
  const found = (await pages.eventsOf(page, await page.url())).at(-1);
  const kinds = found?.breadcrumbs.map(({ kind }) => kind) ?? [];
  for (const kind of ['click', 'request', 'navigation'])
    assert.ok(kinds.includes(kind as 'click'), `${kind} in ${kinds}`);
});

browserTest('hostile sendBeacon, fetch, storage and console harm nobody', async ({ page }) => {
  const url = pages.newUrl('/hostile');
  await page.goto(url);
  const seen = await page.evaluate(`new Promise((resolve) => {
    const seen = [];
    addEventListener('error', (event) => seen.push(event.message.replace('Uncaught ', '')));
    addEventListener('unhandledrejection', (event) => seen.push(String(event.reason)));
    setTimeout(() => { throw new RangeError('thrown'); });
    seen.push(fetch('/x'), console.log);
    setTimeout(() => resolve(seen), 500);
  })`);
  assert.deepEqual(seen, ['junk', 7, 'RangeError: thrown']);
  await page.evaluate('pagefault.close()');
  assert.equal(await page.evaluate('fetch("/x")'), 'junk');
});
