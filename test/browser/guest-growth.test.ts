import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium, type Browser, type CDPSession } from 'playwright-core';
import { browserTest, engines, type BrowserTest } from '../helpers/browser.ts';
import { args } from '../helpers/browsers/chromium.ts';
import { onPath } from '../helpers/browsers/programs.ts';
import { startReportedPages, type ReportedPages } from '../helpers/reported-page.ts';

/** `PAGEFAULT_TIMES=10000 node --test test/browser/guest-growth.test.ts` is the long run. */
const times = Number(process.env['PAGEFAULT_TIMES'] ?? 300);

let pages: ReportedPages;
before(async () => {
  pages = await startReportedPages();
});
after(() => pages.close());

/** Runs in the page: clicks, routes, typing, the console and requests, each with objects of their own that are let go. */
async function live(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const form = document.body.appendChild(document.createElement('form'));
    const button = form.appendChild(document.createElement('button'));
    const input = form.appendChild(document.createElement('input'));
    button.type = 'button';
    button.className = `b${i % 7}`;
    button.click();
    input.value = `typed ${i}`;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    console.debug(form, { i });
    history.replaceState({ i }, '', `#${i % 100}`);
    form.remove();
    if (i % 2) {
      await (await fetch('/answer/200', { method: 'POST', body: 'x'.repeat(1000) })).text();
    } else {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', '/answer/200');
      await new Promise((resolve) => {
        xhr.onloadend = resolve;
        xhr.send();
      });
    }
    if (i % 50 === 0) fetch('/answer/404', { signal: AbortSignal.timeout(5_000) }).catch(() => {});
  }
  // What the console shows it also keeps.
  console.clear();
}

async function measure(devtools: CDPSession) {
  // The second takes what the first has only found.
  for (let i = 0; i < 3; i++) await devtools.send('HeapProfiler.collectGarbage');
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return { nodes, jsEventListeners, usedSize };
}

/** So many of them live at once: most of the time each waits for an answer. */
const lives = 5;

/** What more there is after a life of the page than after the first of them, which fills the trail. */
async function grow(browser: Browser, url: string) {
  // A context has processes of its own, and what is counted is that of a process.
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  const devtools = await context.newCDPSession(page);
  const run = (count: number) =>
    page.evaluate(`Promise.all(Array.from({ length: ${lives} }, () => (${String(live)})(${count / lives})))`);
  await run(100);
  const before = await measure(devtools);
  await run(times);
  const after = await measure(devtools);
  return {
    nodes: after.nodes - before.nodes,
    listeners: after.jsEventListeners - before.jsEventListeners,
    bytes: after.usedSize - before.usedSize,
  };
}

test(
  `${times} clicks, routes and requests leave nothing behind (chromium)`,
  { skip: !engines.includes('chromium'), timeout: 60_000 + times * 60 },
  async (t) => {
    const executablePath = process.env['PAGEFAULT_CHROMIUM'] ?? onPath('chromium', 'chromium-browser', 'google-chrome');
    const browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args });
    t.after(() => browser.close());
    const [without, found] = await Promise.all([
      grow(browser, `${pages.site.url}/other`),
      grow(browser, pages.newUrl()),
    ]);
    t.diagnostic(JSON.stringify({ without, with: found }));
    assert.ok(found.nodes <= without.nodes + 3, `${found.nodes} nodes, ${without.nodes} without the reporter`);
    assert.ok(found.listeners <= without.listeners + 3, `${found.listeners} listeners`);
    // Growth would be some hundred bytes each time: one kept breadcrumb is as much.
    assert.ok(found.bytes - without.bytes < times * 50 + 50_000, JSON.stringify({ without, found }));
  },
);

const letGo = async ({ page, engine }: BrowserTest) => {
  await page.goto(pages.newUrl());
  // Firefox keeps the objects that were logged, with a reporter and without.
  const logsObjects = engine !== 'firefox';
  const alive = await page.evaluate(async (logsObjects: boolean) => {
    const alive: Record<string, number> = { elements: 0, requests: 0, logged: 0 };
    // To look at what a WeakRef holds, while the engine marks, would be a reason to keep it.
    const gone = new FinalizationRegistry<string>((name) => alive[name]!--);
    const follow = (name: string, object: object) => {
      alive[name]!++;
      gone.register(object, name);
    };
    for (let i = 0; i < 200; i++) {
      const element = document.body.appendChild(document.createElement('button'));
      element.click();
      element.remove();
      follow('elements', element);
      const logged = { i, large: new Array(1_000).fill(i) };
      console.debug('logged', logsObjects ? logged : i);
      follow('logged', logged);
      const xhr = new XMLHttpRequest();
      xhr.open('GET', '/answer/200');
      await new Promise((resolve) => {
        xhr.onloadend = resolve;
        xhr.send();
      });
      follow('requests', xhr);
    }
    // What the console shows it also keeps.
    console.clear();
    // Nobody but the engine says when it collects: it is given something to collect.
    for (let i = 0; i < 600 && Object.values(alive).some((each) => each > 10); i++) {
      const waste = Array.from({ length: 200 }, () => new Array(5_000).fill(Math.random()));
      await new Promise((resolve) => setTimeout(resolve, waste.length / 4));
    }
    return alive;
  }, logsObjects);
  for (const [name, count] of Object.entries(alive)) assert.ok(count <= 10, `${count} of 200 ${name} are alive`);
};

browserTest('elements, requests and what was logged are let go', letGo, {
  skip: { chromium: 'it collects elements late; it can be asked to, as above' },
});
