import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { browserTest, type BrowserTest } from '../helpers/browser.ts';
import { startReportedPages, type ReportedPages } from '../helpers/reported-page.ts';
import { startSite } from '../helpers/site.ts';

let pages: ReportedPages;
before(async () => {
  pages = await startReportedPages();
});
after(() => pages.close());

/** What a page can observe of the functions that the reporter watches, as one text. */
const observe = async () => {
  const describe = (object: object, name: string) => {
    const { value, ...flags } = Object.getOwnPropertyDescriptor(object, name) ?? {};
    const method = value as (() => unknown) | undefined;
    return [
      name,
      flags,
      method?.name,
      method?.length,
      method?.toString(),
      Reflect.ownKeys(method ?? {}).map(String),
      String(method),
    ];
  };
  const outcome = async (run: () => unknown) => {
    try {
      const value = await run();
      return value instanceof Response ? [value.status, value.bodyUsed, await value.text()] : String(value);
    } catch (error) {
      return `${(error as Error).name} ${error instanceof Error}`;
    }
  };
  const request = new Request('/answer/200', { method: 'POST', body: 'text' });
  const controller = new AbortController();
  controller.abort();
  const xhr = new XMLHttpRequest();
  const types: string[] = [];
  xhr.onreadystatechange = () => types.push(`state ${xhr.readyState}`);
  xhr.onloadend = () => types.push('loadend');
  xhr.open('GET', '/answer/200', false);
  xhr.send();
  const promise = fetch('/answer/200');
  return JSON.stringify([
    describe(window, 'fetch'),
    describe(XMLHttpRequest.prototype, 'open'),
    describe(XMLHttpRequest.prototype, 'send'),
    ...(['debug', 'log', 'info', 'warn', 'error'] as const).map((name) => describe(console, name)),
    Object.keys(window).filter((key) => /^(fetch|on)/.test(key)).length,
    Object.getPrototypeOf(promise) === Promise.prototype,
    await outcome(() => promise),
    await outcome(() => fetch(request)),
    request.bodyUsed,
    await outcome(() => fetch(request)),
    await outcome(() => fetch('/answer/200', { signal: controller.signal })),
    await outcome(() => (fetch as () => unknown)()),
    await outcome(() => fetch.call({} as Window, '/answer/200')),
    await outcome(() => fetch('http://[broken')),
    await outcome(() => new (fetch as unknown as new () => unknown)()),
    await outcome(() => XMLHttpRequest.prototype.open.call({} as XMLHttpRequest, 'GET', '/', true)),
    await outcome(() => new XMLHttpRequest().send()),
    await outcome(() => fetch.apply(undefined, ['/answer/404'])),
    xhr.responseText,
    types,
    console.log.call(null) === undefined,
  ]);
};

browserTest('fetch, XMLHttpRequest and the console behave as without us', async ({ page }) => {
  await page.goto(`${pages.site.url}/other`);
  const without = await page.evaluate(observe);
  await page.goto(pages.newUrl());
  assert.equal(await page.evaluate('typeof pagefault.init'), 'function');
  assert.deepEqual(JSON.parse(await page.evaluate(observe)), JSON.parse(without));
});

const closes = async ({ page }: BrowserTest) => {
  await page.goto(pages.newUrl());
  const isNative = `[fetch, XMLHttpRequest.prototype.open, XMLHttpRequest.prototype.send, console.log].every((each) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const native = frame.contentWindow.Function.prototype.toString.call(each);
    frame.remove();
    return native.includes(each.name);
  })`;
  await page.evaluate('pagefault.close()');
  assert.equal(await page.evaluate(isNative), true);
  assert.equal(await page.evaluate('Object.keys(localStorage).length'), 0);
};

// A page of the test before may have kept its reports as it was left.
browserTest('close() leaves the page as it was found', closes, { ownTab: true });

browserTest('close() falls silent instead of removing what another has patched on top', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  const result = await page.evaluate(async () => {
    const ours = window.fetch;
    const theirs = (window.fetch = (input, init) => ours(input, init));
    window.pagefault.close();
    const { status } = await fetch('/answer/500');
    return [window.fetch === theirs, status];
  });
  assert.deepEqual(result, [true, 500]);
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 300))');
  assert.deepEqual(await pages.eventsOf(page, url), []);
});

browserTest('works under a strict policy with Trusted Types enforced', async ({ page }) => {
  const { collector } = pages;
  const site = await startSite({
    files: {
      '/': `<!doctype html><script src="${collector.url}/pagefault.js" data-endpoint="${collector.endpoint}"></script>`,
    },
    headers: {
      'content-security-policy': `default-src 'none'; script-src ${collector.url}; connect-src ${collector.url}; require-trusted-types-for 'script'`,
    },
  });
  const url = `${site.url}/?policy`;
  await page.goto(url);
  await page.evaluate("(pagefault.captureException(new Error('strict')), pagefault.flush())");
  // The icon that browsers ask for is forbidden too.
  const events = (await pages.eventsOf(page, url)).filter(({ mechanism }) => mechanism !== 'csp');
  await site.close();
  assert.deepEqual(
    events.map(({ exceptions }) => exceptions[0]?.value),
    ['strict'],
  );
});

browserTest('works without storage, without sendBeacon and without fetch', async ({ page }) => {
  const { collector } = pages;
  const script = readFileSync('dist/pagefault.js', 'utf8');
  const hostile = `
    Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied') } });
    navigator.sendBeacon = undefined;
    if (location.search.includes('fetch')) delete window.fetch;`;
  const site = await startSite({
    files: {
      '/': `<!doctype html><script>${hostile}</script><script data-endpoint="${collector.endpoint}">${script}</script>`,
    },
  });
  const url = `${site.url}/?storage`;
  await page.goto(url);
  await page.evaluate("(pagefault.captureException(new Error('denied')), pagefault.flush())");
  const events = await pages.eventsOf(page, url);
  await page.goto(`${site.url}/?fetch`);
  await page.evaluate("pagefault.captureException(new Error('nothing left'))");
  assert.equal(await page.evaluate('document.readyState'), 'complete');
  await site.close();
  assert.deepEqual(
    events.map(({ exceptions }) => exceptions[0]?.value),
    ['denied'],
  );
});

browserTest('keeps errors and rejections from before the script has arrived', async ({ page }) => {
  const { collector } = pages;
  const html = `<!doctype html><script>${readFileSync('dist/snippet.js', 'utf8')}</script>
    <script>Promise.reject(new RangeError('early rejection')); null.early;</script>
    <script defer src="${collector.url}/pagefault.js" data-endpoint="${collector.endpoint}"></script>
    <img src="/missing.png">`;
  const site = await startSite({ files: { '/': html } });
  const url = `${site.url}/?early`;
  await page.goto(url);
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 700))');
  // The icon that browsers ask for is forbidden too.
  const events = (await pages.eventsOf(page, url)).filter(({ mechanism }) => mechanism !== 'csp');
  await site.close();
  const shown = events.map(({ mechanism, exceptions: [first] }) => [
    mechanism,
    first?.type,
    first?.frames.length !== 0,
  ]);
  assert.deepEqual(shown.sort(), [
    ['onerror', 'TypeError', true],
    ['onunhandledrejection', 'RangeError', true],
    ['resource', 'ResourceError', false],
  ]);
});

browserTest('a page whose reporter is blocked works on, and calls of what never came do nothing', async ({ page }) => {
  const html = `<!doctype html><script>
      seen = [];
      addEventListener('error', ({ message }) => seen.push(message));
      addEventListener('unhandledrejection', ({ reason }) => seen.push(String(reason)));
    </script>
    <script>${readFileSync('dist/snippet.js', 'utf8')}</script>
    <script src="http://127.0.0.1:1/pagefault.js" data-endpoint="http://127.0.0.1:1/in/key"></script>
    <script>
      pagefault.init({ endpoint: 'http://127.0.0.1:1/in/key' });
      for (let i = 0; i < 1_000; i++) pagefault.captureException(new Error('call ' + i), { level: 'warning' });
      pagefault.captureMessage('said');
      pagefault.addBreadcrumb('stepped', {});
      pagefault.setUser({ id: '42' });
      pagefault.setTag('plan', 'free');
      pagefault.setExtra('cart', {});
      pagefault.flush().then((isSent) => seen.push(isSent));
      pagefault.close();
    </script>`;
  const site = await startSite({ files: { '/': html } });
  await page.goto(`${site.url}/`);
  const seen = await page.evaluate('new Promise((resolve) => setTimeout(() => resolve(seen), 300))');
  await site.close();
  assert.deepEqual(seen, [false]);
});

browserTest(
  'what the page calls and throws before the script has arrived is told then, 50 of each at most',
  async ({ page }) => {
    const { collector } = pages;
    const html = `<!doctype html><script>${readFileSync('dist/snippet.js', 'utf8')}</script>
    <script>
      pagefault.setTag('plan', 'free');
      for (let i = 0; i < 100; i++) pagefault.captureMessage('called early ' + i);
      for (let i = 0; i < 60; i++) reportError(new Error('thrown early ' + i));
    </script>
    <script defer src="${collector.url}/pagefault.js" data-endpoint="${collector.endpoint}"></script>`;
    const site = await startSite({ files: { '/': html } });
    const url = `${site.url}/?called`;
    await page.goto(url);
    const all = await pages.eventsOf(page, url);
    await site.close();
    const events = all.filter(({ mechanism }) => mechanism === 'message');
    assert.equal(events.length, 49);
    assert.equal(all.filter(({ mechanism }) => mechanism === 'onerror').length, 50);
    assert.ok(events.every(({ tags }) => tags?.['plan'] === 'free'));
  },
);

browserTest('a hostile beforeSend costs one event and harms nobody', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate((endpoint: string) => {
    window.pagefault.close();
    let calls = 0;
    window.pagefault.init({
      endpoint,
      beforeSend(event) {
        console.error('looking at', event.id);
        if (calls++ === 0) throw new Error('from beforeSend');
        window.pagefault.captureException(new Error('from within'));
        event.tags = { checked: 'yes' };
        return event;
      },
    });
    window.pagefault.captureException(new Error('first'));
    window.pagefault.captureException(new Error('second'));
  }, pages.collector.endpoint);
  const events = await pages.eventsOf(page, url);
  assert.deepEqual(
    events.map(({ exceptions, tags }) => [exceptions[0]?.value, tags]),
    [['second', { checked: 'yes' }]],
  );
});
