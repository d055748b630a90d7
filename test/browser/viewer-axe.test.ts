import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import axe, { type AxeResults } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { onPath } from '../helpers/browsers/programs.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { report } from '../helpers/viewer.ts';

let collector: TestCollector;
let browser: Browser;
let issueId: string;

before(async () => {
  collector = await startCollector({ demo: true });
  const at = Date.now() - 1_000;
  const trail = [
    { at: at - 900, kind: 'request' as const, text: 'GET /api/price', data: { status: 503, durationMs: 120 } },
    { at: at - 500, kind: 'console' as const, text: 'Slow', level: 'warning' as const },
  ];
  await report(collector, { at, trail: [0, 1] }, { trail, release: '1.9.0' });
  ({ issueId } = await report(collector, { at, trail: [0, 1] }, { trail, tags: { plan: 'team' } }));
  await report(collector, { level: 'warning', exceptions: [], message: 'Stock is low' });
  const executablePath = process.env['PAGEFAULT_CHROMIUM'] ?? onPath('chromium');
  browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server'],
  });
});
after(async () => {
  await browser.close();
  await collector.close();
});

/** What axe finds by the rules of WCAG 2.2 A and AA, and by its own for good practice. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { passes, violations } = await page.evaluate<AxeResults>(`axe.run()`);
  assert.ok(passes.length > 10, 'axe has looked at nothing');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

/** Nobody should have to scroll sideways. */
async function tooWide(page: Page): Promise<string[]> {
  const [width = 0, room = 0] = await page.evaluate<number[]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  return width > room ? [`it is ${width} px wide where there is room for ${room}`] : [];
}

const pages = {
  'the sign-in page': { path: '/sign-in', ready: 'form', isSignedOut: true },
  'the overview': { path: '/', ready: '.hours' },
  'the releases': { path: '/releases', ready: '.releases' },
  'a release': { path: '/releases?name=1.9.0', ready: '.code-block' },
  'the list': { path: '/issues', ready: '.issues' },
  'an empty list': { path: '/issues?query=nothing', ready: '.state h2' },
  'the help of the list': { path: '/issues', ready: '.issues', press: 'Help' },
  'the list with some selected': { path: '/issues', ready: '.issues', keys: ['j', 'x', 's'] },
  'the search with what it offers': { path: '/issues', ready: '.issues', keys: ['/', 'ArrowDown'] },
  'the kept searches': { path: '/issues', ready: '.issues', click: '.searches summary' },
  'the issue page': { path: '/issues/', ready: '.timeline' },
  'the issue page with a menu': { path: '/issues/', ready: '.timeline', keys: ['s'] },
  'the keys of the issue page': { path: '/issues/', ready: '.timeline', keys: ['?'] },
  'the projects': { path: '/settings', ready: '.endpoint' },
  'the people': { path: '/settings/people', ready: '.lines li' },
  'the tokens': { path: '/settings/tokens', ready: '.form' },
  'the data': { path: '/settings/data', ready: 'textarea' },
  myself: { path: '/settings/me', ready: '.lines li' },
  'the shop': { path: '/demo/', ready: '.card' },
  'a pot': { path: '/demo/pot/tea-bowl', ready: '.product' },
  'the account of the shop': { path: '/demo/account', ready: '.orders' },
  'a page that is not there': { path: '/issues/999999', ready: '.state h1' },
};

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds nothing on any page (${colorScheme}, ${viewport.width} px)`, { timeout: 120_000 }, async () => {
      const context = await browser.newContext({ colorScheme, viewport, reducedMotion: 'reduce' });
      const page = await context.newPage();
      const found: string[] = [];
      for (const [name, { path, ready, ...way }] of Object.entries(pages)) {
        if (!('isSignedOut' in way)) await signIn(page);
        await page.goto(`${collector.url}${path === '/issues/' ? path + issueId : path}`);
        await page.waitForSelector(ready);
        if ('press' in way) await page.getByRole('button', { name: way.press }).click();
        if ('click' in way) await page.click(way.click);
        for (const key of 'keys' in way ? way.keys : []) await page.keyboard.press(key);
        found.push(...(await tooWide(page)).map((finding) => `On ${name}: ${finding}`));
        found.push(...(await findings(page)).map((finding) => `On ${name}: ${finding}`));
      }
      await context.close();
      assert.deepEqual(found, []);
    });
  }
}

test('at 200 % zoom, with forced colours, no page is wider than the window', { timeout: 120_000 }, async () => {
  // To a page, 200 % of 1280 px are 640 px.
  const context = await browser.newContext({ viewport: { width: 640, height: 400 }, forcedColors: 'active' });
  const page = await context.newPage();
  const found: string[] = [];
  for (const [name, { path, ready, ...way }] of Object.entries(pages)) {
    if (!('isSignedOut' in way)) await signIn(page);
    await page.goto(`${collector.url}${path === '/issues/' ? path + issueId : path}`);
    await page.waitForSelector(ready);
    found.push(...(await tooWide(page)).map((finding) => `On ${name}: ${finding}`));
  }
  await context.close();
  assert.deepEqual(found, []);
});

/** Once for a context: its session lasts. */
async function signIn(page: Page): Promise<void> {
  if ((await page.context().cookies()).length) return;
  await page.goto(`${collector.url}/sign-in#${await collector.collector.createSignInToken()}`);
  await page.waitForSelector('.live-open');
}
