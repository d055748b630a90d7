import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import axe, { type AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { args } from '../helpers/browsers/chromium.ts';
import { onPath } from '../helpers/browsers/programs.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { sendPastLogs } from '../helpers/past-logs.ts';
import { report } from '../helpers/viewer.ts';

let collector: TestCollector;
let browser: Browser;
let context: BrowserContext;
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
  await sendPastLogs(collector.endpoint, 3);
  await report(collector, { level: 'warning', exceptions: [], message: 'Stock is low' });
  const channel = { name: 'Team', kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x' };
  await collector.api('/api/channels', { method: 'POST', body: JSON.stringify(channel) });
  const executablePath = process.env['PAGEFAULT_CHROMIUM'] ?? onPath('chromium');
  browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args,
  });
  context = await browser.newContext({ reducedMotion: 'reduce' });
});
after(async () => {
  await browser.close();
  await collector.close();
});

/** What axe finds by the rules of WCAG 2.2 A and AA, and by its own for good practice; or by some of its rules only. */
async function findings(page: Page, ...rules: string[]): Promise<string[]> {
  const only = rules.length ? { runOnly: { type: 'rule', values: rules } } : {};
  // Of what is well, one element of each rule is enough.
  const options = JSON.stringify({ ...only, resultTypes: ['violations'] });
  const { passes, violations } = await page.evaluate<AxeResults>(`axe.run(document, ${options})`);
  assert.ok(passes.length > (rules.length ? 0 : 10), 'axe has looked at nothing');
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
  'the kept searches': { path: '/issues', ready: '.issues', clicks: ['.searches summary'] },
  'the issue page': { path: '/issues/', ready: '.timeline' },
  'the issue page with a menu': { path: '/issues/', ready: '.timeline', keys: ['s'] },
  'the keys of the issue page': { path: '/issues/', ready: '.timeline', keys: ['?'] },
  'the issue page with a filter': {
    path: '/issues/',
    ready: '.timeline',
    clicks: ['a.bar-value'],
    then: '.event-filter strong',
  },
  'the list with an undo': { path: '/issues?sort=events', ready: '.issues', keys: ['j', 'x', 'i'], then: '.toast' },
  'the alerts': { path: '/alerts', ready: '.setting-line', clicks: ['details:has([name=words]) > summary'] },
  'the logs': { path: '/logs', ready: '.record-row', keys: ['/', 'ArrowDown'] },
  'a record': { path: '/logs?query=refused', ready: '.record-row', clicks: ['.record-text'], then: '.session-errors' },
  'logs that nothing matches': { path: '/logs?query=nothing', ready: '.state h2' },
  'the projects': { path: '/settings', ready: '.endpoint' },
  'the people': { path: '/settings/people', ready: '.lines li' },
  'the tokens': { path: '/settings/tokens', ready: '.form' },
  'the data': { path: '/settings/data', ready: 'textarea' },
  myself: { path: '/settings/me', ready: '.lines li' },
  'the shop': { path: '/demo/', ready: '.card' },
  'a pot': { path: '/demo/pot/tea-bowl', ready: '.product' },
  'the cart': { path: '/demo/pot/morning-mug', ready: '[name=buy]', clicks: ['[name=buy]'], then: '.line' },
  'the checkout': {
    path: '/demo/pot/morning-mug',
    ready: '[name=buy]',
    clicks: ['[name=buy]', 'main a.primary', '[name=order]'],
    then: '[aria-invalid=true]',
  },
  'the account of the shop': { path: '/demo/account', ready: '.orders' },
  'a page that is not there': { path: '/issues/999999', ready: '.state h1' },
};

const wide = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
/** To a page, 200 % of 1280 px are 640 px, and 400 % are 320 px. */
const zoomed = { '200 %': { width: 640, height: 400 }, '400 %': { width: 320, height: 512 } };

/** In both themes, on wide screens and phones, and zoomed: a page changes over without being loaded again. */
async function findAll(page: Page): Promise<string[]> {
  const found: string[] = [];
  const look = async (where: string, what: Promise<string[]>) =>
    found.push(...(await what).map((finding) => `${where}: ${finding}`));
  await page.evaluate(axe.source);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  await look('wide, light', tooWide(page));
  await look('wide, light', findings(page));
  await page.emulateMedia({ colorScheme: 'dark' });
  await look('wide, dark', findings(page, 'color-contrast'));
  await page.setViewportSize(phone);
  await look('phone, dark', tooWide(page));
  await look('phone, dark', findings(page));
  await page.emulateMedia({ forcedColors: 'active' });
  for (const [zoom, viewport] of Object.entries(zoomed)) {
    await page.setViewportSize(viewport);
    await look(`at ${zoom}, with forced colours`, tooWide(page));
  }
  return found;
}

test(
  'axe finds nothing on any page, in both themes, and none is wider than its window',
  { timeout: 240_000 },
  async () => {
    const found: string[] = [];
    const page = await context.newPage();
    for (const [name, { path, ready, ...way }] of Object.entries(pages)) {
      if (!('isSignedOut' in way)) await signIn();
      await page.setViewportSize(wide);
      await page.goto(`${collector.url}${path === '/issues/' ? path + issueId : path}`);
      await page.waitForSelector(ready);
      if ('press' in way) await page.getByRole('button', { name: way.press }).click();
      for (const click of 'clicks' in way ? way.clicks : []) await page.click(click);
      for (const key of 'keys' in way ? way.keys : []) await page.keyboard.press(key);
      if ('then' in way) await page.waitForSelector(way.then);
      found.push(...(await findAll(page)).map((finding) => `On ${name}, ${finding}`));
    }
    assert.deepEqual(found, []);
  },
);

/** Once: the session lasts. */
async function signIn(): Promise<void> {
  if ((await context.cookies()).length) return;
  const page = await context.newPage();
  await page.goto(`${collector.url}/sign-in#${await collector.collector.createSignInToken()}`);
  await page.waitForSelector('.live-open');
  await page.close();
}
