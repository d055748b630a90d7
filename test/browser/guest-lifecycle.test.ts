import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { browserTest } from '../helpers/browser.ts';
import { startReportedPages, type ReportedPages } from '../helpers/reported-page.ts';
import { until } from '../helpers/until.ts';

const talk = `function say(name) {
  console[name]('said by ' + name);
}
['debug', 'log', 'info', 'warn', 'error'].forEach(say);
console.log('said at the end');
`;

let pages: ReportedPages;
before(async () => {
  pages = await startReportedPages({
    '/talk.js': talk,
    '/talk-alone': '<!doctype html><title>Alone</title><script src="/talk.js"></script>',
    '/talk-with': (_, response) => {
      const { url, endpoint } = pages.collector;
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><title>With</title><script src="${url}/pagefault.js" data-endpoint="${endpoint}"></script><script src="/talk.js"></script>`,
      );
    },
    '/talk-without-console': (_, response) => {
      const { url, endpoint } = pages.collector;
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><title>Off</title><script src="${url}/pagefault.js" data-endpoint="${endpoint}" data-console="false"></script><script src="/talk.js"></script>`,
      );
    },
  });
});
after(() => pages.close());

/** What a page did before it was left: each may cost a page its place in the bfcache, with a reporter less careful. */
const lives: Record<string, string> = {
  'that was only looked at': '1',
  'whose first second is over': 'new Promise((resolve) => setTimeout(resolve, 1300))',
  'with an event that was answered': `(pagefault.captureException(new RangeError('answered')), pagefault.flush())`,
  'with an event that is on its way': `void pagefault.captureException(new RangeError('on its way'))`,
  'with repeats that wait': `(() => { for (let i = 0; i < 20; i++) pagefault.captureException(new RangeError('repeated')); })()`,
  'with an uncaught error, a rejection and a failed request': `new Promise((resolve) => {
    setTimeout(() => { throw new RangeError('thrown'); });
    Promise.reject(new RangeError('rejected'));
    fetch('/answer/500').then((response) => response.text()).then(() => setTimeout(resolve, 50));
  })`,
  'that was clicked, typed into and routed': `(() => {
    const field = document.body.appendChild(document.createElement('input'));
    field.click();
    field.dispatchEvent(new Event('input', { bubbles: true }));
    history.pushState(null, '', '#routed');
  })()`,
};

for (const [life, run] of Object.entries(lives)) {
  browserTest(`a page ${life} comes back out of the bfcache`, async ({ page }) => {
    await page.goto(pages.newUrl());
    await page.evaluate(`addEventListener('pageshow', (event) => { window.cameBack = event.persisted; })`);
    await page.evaluate(run);
    await page.goto(`${pages.site.url}/other`);
    await page.back();
    assert.equal(await page.waitFor('typeof cameBack !== "undefined" && String(cameBack)'), 'true');
  });
}

browserTest(
  'a page whose collector does not answer comes back out of the bfcache, and sends then',
  async ({ page }) => {
    const url = pages.newUrl();
    await page.goto(url);
    await page.evaluate((endpoint: string) => {
      window.pagefault.close();
      window.pagefault.init({ endpoint: endpoint.replace('/in/', '/nowhere/in/') });
      window.pagefault.captureException(new RangeError('unsent'));
      addEventListener('pageshow', (event) => Object.assign(window, { cameBack: event.persisted }));
    }, pages.collector.endpoint);
    await page.goto(`${pages.site.url}/other`);
    await page.back();
    assert.equal(await page.waitFor('typeof cameBack !== "undefined" && String(cameBack)'), 'true');
    await page.evaluate((endpoint: string) => {
      window.pagefault.close();
      window.pagefault.init({ endpoint });
      window.pagefault.captureException(new RangeError('after it came back'));
    }, pages.collector.endpoint);
    await page.evaluate('pagefault.flush()');
    await until(
      async () =>
        (await pages.collector.events()).some(({ event }) => event.exceptions[0]?.value === 'after it came back'),
      () => 'no event',
    );
  },
);

browserTest(
  "the console shows the page's own lines, whether its calls are kept or not",
  async ({ page }) => {
    const look = async (path: string) => {
      const before = page.consoleMessages()?.length;
      await page.goto(pages.site.url + path);
      await page.waitFor('document.readyState === "complete"');
      const said = () => (page.consoleMessages() ?? []).slice(before).filter(({ text }) => text.startsWith('said '));
      await until(
        () => said().length >= 6,
        () => page.consoleMessages(),
      );
      return said().map(({ level, text, place = '' }) => [level, text, place.replace(/.*\//, '/')]);
    };
    const alone = await look('/talk-alone');
    assert.deepEqual(
      alone.map(([, , place]) => place),
      [...Array(5).fill('/talk.js:2'), '/talk.js:5'],
    );
    assert.deepEqual(await look('/talk-with'), alone);
    assert.deepEqual(await look('/talk-without-console'), alone);
  },
  { skip: { webkit: 'its driver tells nothing of the console' } },
);

browserTest('without console capture the console is the browser’s own', async ({ page }) => {
  await page.goto(`${pages.site.url}/talk-without-console`);
  const isPatched = `(() => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    // Another realm's function shows a Proxy without its name.
    const text = frame.contentWindow.Function.prototype.toString;
    const seen = [text.call(console.log).includes('log'), text.call(fetch).includes('fetch')];
    frame.remove();
    return seen;
  })()`;
  const [isOwn] = await page.evaluate<boolean[]>(isPatched);
  assert.equal(isOwn, true);
});

browserTest('an address that replaceState has put there is told with the next event', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate((last: string) => {
    history.replaceState(null, '', '?replaced');
    history.pushState(null, '', '?pushed');
    history.replaceState(null, '', last);
    window.pagefault.captureException(new RangeError('routed'));
  }, `${url}&last`);
  const event = (await pages.eventsOf(page, `${url}&last`)).at(-1);
  const routes = event?.breadcrumbs.filter(({ kind }) => kind === 'navigation').map(({ text }) => new URL(text).search);
  const last = new URL(`${url}&last`).search;
  // Where there is no Navigation API, and history stays as it is, those between are told only if something happened there.
  const all = await page.evaluate<boolean>('"navigation" in window');
  assert.deepEqual(routes?.slice(1), all ? ['?replaced', '?pushed', last] : [last]);
});
