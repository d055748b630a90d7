// How long the viewer takes after the API's answer, and whether a long list scrolls: npm run bench -- viewer
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { IssueList, StoredEvent } from '../../src/protocol/api.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { onPath } from '../helpers/browsers/programs.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';

const [issueCount, batchSize, largeBytes, scrollSteps] = [10_000, 500, 2_000_000, 200];
/** What the Long Tasks API calls long. */
const longTaskMs = 50;
const say = (text: string) => process.stdout.write(`${text}\n`);
const ms = (value: number) => `${value.toFixed(0)} ms`;

async function fill(collector: TestCollector): Promise<void> {
  for (let from = 0; from < issueCount; from += batchSize) {
    const events = Array.from({ length: batchSize }, (_, nth) =>
      batchEvent({
        at: Date.now() - (from + nth) * 60_000,
        fingerprint: [`bug ${from + nth}`],
        exceptions: [{ type: 'TypeError', value: `Bug ${from + nth} of the cart`, stack: 0 }],
      }),
    );
    await send(collector.endpoint, batch(events));
  }
  while ((await collector.api<IssueList>('/api/issues?limit=1')).total < issueCount) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Notes in the page when what `selector` finds has been drawn. */
async function watch(page: Page, selector: string): Promise<void> {
  await page.addInitScript(`
    new MutationObserver((_, observer) => {
      if (!document.querySelector(${JSON.stringify(selector)})) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => (window.shownAt = performance.now())));
    }).observe(document, { childList: true, subtree: true });`);
}

/** Time from the last answer that the page needs to the page drawn; and the CPU of its main thread up to then. */
async function open(
  page: Page,
  url: string,
  answer: RegExp,
): Promise<{ shownMs: number; cpuMs: number; answerBytes: number }> {
  const clock = await cpuClock(page);
  await page.goto(url);
  await page.waitForFunction('window.shownAt');
  const cpuMs = await clock();
  const [end, answerBytes] = await page.evaluate<[number, number]>(`(() => {
    const [last] = performance.getEntriesByType('resource').filter(({ name }) => ${String(answer)}.test(name)).slice(-1);
    return [last.responseEnd, last.decodedBodySize];
  })()`);
  const shownAt = await page.evaluate<number>('window.shownAt');
  return { shownMs: shownAt - end, cpuMs, answerBytes };
}

/** CPU of the main thread so far: other processes may hold up a task, but not make it longer by this. */
async function cpuClock(page: Page): Promise<() => Promise<number>> {
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' }).catch(() => undefined);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  };
}

/** A trace of Chromium's, as far as it is used here; times are microseconds. */
interface Trace {
  traceEvents: { name: string; pid: number; tid: number; tdur?: number; dur?: number; args?: { name?: string } }[];
}

interface Tasks {
  /** CPU of each task of a page's main thread that took more than 1 ms of it. */
  cpuMs: number[];
  /** Of tasks that took more than 50 ms by the clock: a busy machine makes them, too. */
  longByClock: number;
}

/** Runs `work`, and gives the tasks of the pages' main threads meanwhile. */
async function tasksOf(browser: Browser, work: () => Promise<void>): Promise<Tasks> {
  await browser.startTracing(undefined, { categories: ['toplevel'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as Trace;
  const mainThreads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const isMain = new Set(mainThreads.map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => name === 'ThreadControllerImpl::RunTask' && isMain.has(`${pid} ${tid}`),
  );
  if (!tasks.some(({ tdur = 0 }) => tdur > 0)) throw new Error('no task with its CPU in the trace');
  return {
    cpuMs: tasks.map(({ tdur = 0 }) => tdur / 1_000).filter((each) => each > 1),
    longByClock: tasks.filter(({ dur = 0 }) => dur > longTaskMs * 1_000).length,
  };
}

/** Scrolls until `isDone`, and says what that cost. */
async function scrollBySteps(
  browser: Browser,
  page: Page,
  to: (step: number) => string,
  isDone: (step: number) => Promise<boolean>,
): Promise<string> {
  // A page behind another draws no frames.
  await page.bringToFront();
  const clock = await cpuClock(page);
  const before = await clock();
  let steps = 0;
  const { cpuMs, longByClock } = await tasksOf(browser, async () => {
    for (; !(await isDone(steps)); steps++) {
      await page.evaluate(
        `(scrollTo(0, ${to(steps)}), new Promise((done) => requestAnimationFrame(() => setTimeout(done))))`,
      );
    }
  });
  const mean = ((await clock()) - before) / steps;
  const long = cpuMs.filter((each) => each > longTaskMs).length;
  return (
    `${steps} steps of ${mean.toFixed(1)} ms CPU; longest task ${ms(Math.max(0, ...cpuMs))}, ` +
    `${long} over ${longTaskMs} ms of CPU (${longByClock} by the clock)`
  );
}

async function scrollAll(browser: Browser, page: Page, baseline: Page): Promise<void> {
  const count = () => page.evaluate<number>(`Number(document.querySelector('.issue-row')?.ariaSetSize ?? 0)`);
  const isLoaded = () => page.evaluate<boolean>(`document.body.innerText.includes('Bug ${issueCount - 1} of')`);
  const down = (step: number) => `(document.body.scrollHeight * ${step}) / ${scrollSteps}`;
  const loading = await scrollBySteps(browser, page, () => 'document.body.scrollHeight', isLoaded);
  const scrolling = await scrollBySteps(browser, page, down, async (step) => step > scrollSteps);
  const empty = await scrollBySteps(browser, baseline, down, async (step) => step > scrollSteps);
  const rows = await page.evaluate<number>(`document.querySelectorAll('.issue-row').length`);
  say(`  ${await count()} issues, ${rows} rows in the document`);
  say(`  loading them to the end     ${loading}`);
  say(`  scrolled from top to end    ${scrolling}`);
  say(`  an empty page as long       ${empty}`);
}

const dataDir = mkdtempSync(join(tmpdir(), 'pagefault-bench-viewer-'));
const collector = await startCollector({ dataDir });
const executablePath = process.env['PAGEFAULT_CHROMIUM'] ?? onPath('chromium');
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server'],
});
try {
  await fill(collector);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
  const first = await context.newPage();
  await first.goto(`${collector.url}/sign-in#${await collector.collector.createSignInToken()}`);
  await first.waitForSelector('.live-open');
  await first.close();
  say(`The viewer in Chromium ${browser.version()} (machine's load ${loadavg()[0]?.toFixed(1)})`);

  const list = await context.newPage();
  await watch(list, '.issue-row');
  const listed = await open(list, `${collector.url}/issues`, /\/api\/issues\?/);
  say(`\nList of ${issueCount} issues`);
  say(`  shown after the answer      ${ms(listed.shownMs)} (goal 300 ms); main thread ${ms(listed.cpuMs)} in all`);
  const empty = await context.newPage();
  await watch(empty, 'body');
  await empty.goto(`${collector.url}/health`);
  await empty.evaluate(`document.body.style.height = '${issueCount * 60}px'`);
  await scrollAll(browser, list, empty);
  await empty.close();
  await list.close();

  const [issue] = (await collector.api<IssueList>('/api/issues?limit=1')).issues;
  const path = `${collector.url}/issues/${issue?.id}`;
  for (const isLarge of [false, true]) {
    const page = await context.newPage();
    if (isLarge)
      await page.route('**/api/events/*', async (route) => {
        const stored = (await (await route.fetch()).json()) as StoredEvent;
        const extra = Object.fromEntries(
          Array.from({ length: largeBytes / 2_000 }, (_, nth) => [`note${nth}`, 'Tea bowl. '.repeat(200)]),
        );
        await route.fulfill({ json: { ...stored, event: { ...stored.event, extra } } });
      });
    await watch(page, '.timeline');
    const { shownMs, cpuMs, answerBytes } = await open(page, path, /\/api\/events\//);
    say(`\nIssue with an event of ${(answerBytes / 1_000).toFixed(0)} kB`);
    say(
      `  shown after the answer      ${ms(shownMs)} (goal ${isLarge ? 500 : 300} ms); main thread ${ms(cpuMs)} in all`,
    );
    await page.close();
  }
} finally {
  await browser.close();
  await collector.close();
  rmSync(dataDir, { recursive: true, force: true });
}
