// Takes pictures of the demo and the viewer into dist/screenshots, and the one that the README shows.
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { onPath } from './helpers/browsers/programs.ts';
import { startCollector, type TestCollector } from './helpers/collector.ts';
import { sendPastLogs } from './helpers/past-logs.ts';
import { sendPast } from './helpers/past.ts';
import { takeMails } from './take-mails.ts';

const folder = 'dist/screenshots';
const readmePicture = 'demo/screenshot.png';
const maxReadmeBytes = 300_000;

const sizes = { wide: { width: 1360, height: 880 }, phone: { width: 390, height: 844 } };
const schemes = ['light', 'dark'] as const;
const waysToClick = [
  'size-guide',
  'stock',
  'reviews',
  'suggestions',
  'parcels',
  'address',
  'chat',
  'currency',
  'wallet',
];

async function signIn(page: Page, collector: TestCollector): Promise<void> {
  await page.goto(`${collector.url}/sign-in?next=/demo/#${await collector.collector.createSignInToken()}`);
  await page.waitForSelector('.state-open');
}

/** One error after the other, from the panel. */
async function breakThings(page: Page): Promise<void> {
  for (const way of waysToClick) {
    const before = await page.locator('.report.live').count();
    await page.click(`#break-${way}`);
    await page.waitForFunction((count) => document.querySelectorAll('.report.live').length > count, before);
  }
}

/** A customer fills a cart, looks at the account, and cannot change the address. Gives the link to the report. */
async function meetAnError(page: Page): Promise<string> {
  await page.click('a[href="/demo/pot/tea-bowl"] .card-name');
  await page.click('[name=buy]');
  await page.click('[aria-label="One more"]');
  await page.click('nav a[href="/demo/account"]');
  await page.click('[name=change-address]');
  const report = page.locator('.report.live a', { hasText: 'The address was not saved' });
  return report.first().evaluate((link: HTMLAnchorElement) => link.href);
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
}

async function takeAll(browser: Browser, collector: TestCollector, issue: string): Promise<void> {
  for (const scheme of schemes) {
    for (const [size, viewport] of Object.entries(sizes)) {
      const context = await browser.newContext({ colorScheme: scheme, viewport });
      const page = await context.newPage();
      await page.goto(`${collector.url}/demo/`);
      await page.waitForSelector('.card');
      await take(page, `demo-signed-out-${size}-${scheme}`);
      await page.goto(`${collector.url}/sign-in`);
      await page.waitForSelector('form');
      await take(page, `viewer-sign-in-${size}-${scheme}`);
      await signIn(page, collector);
      await takeDemo(page, collector, `${size}-${scheme}`);
      await takeViewer(page, collector, issue, `${size}-${scheme}`);
      await context.close();
    }
  }
}

async function takeDemo(page: Page, { url }: TestCollector, suffix: string): Promise<void> {
  const pages = { list: '', pot: 'pot/tea-bowl', 'sold-out': 'pot/ginger-jar', account: 'account' };
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(`${url}/demo/${path}`);
    await page.waitForSelector('main h1');
    await page.waitForSelector('.report');
    await take(page, `demo-${name}-${suffix}`);
  }
  await page.goto(`${url}/demo/pot/morning-mug`);
  await page.click('[name=buy]');
  await page.waitForSelector('.line');
  await take(page, `demo-cart-${suffix}`);
  await page.click('main a.primary');
  await page.click('[name=order]');
  await take(page, `demo-checkout-${suffix}`);
  await page.locator('#panel').scrollIntoViewIfNeeded();
  await take(page, `demo-panel-${suffix}`);
}

interface Shot {
  path: string;
  ready: string;
  /** What is done before: a press, keys. */
  way?: (page: Page) => Promise<void>;
}

/** Those of the whole page; the others show what is on the screen at first. */
const viewerPages: Record<string, Shot> = {
  overview: { path: '/', ready: '.hours' },
  alerts: { path: '/alerts', ready: '.setting-line', way: openAll },
  releases: { path: '/releases', ready: '.releases' },
  release: { path: '/releases?name=shop%402.4.1', ready: '.overview .panel' },
  projects: { path: '/settings', ready: '.endpoint' },
  people: { path: '/settings/people', ready: '.lines li' },
  tokens: { path: '/settings/tokens', ready: '.form' },
  data: { path: '/settings/data', ready: 'textarea' },
  me: { path: '/settings/me', ready: '.lines li' },
  'not-found': { path: '/nowhere', ready: '.state' },
};

const listPages: Record<string, Shot> = {
  issues: { path: '/issues', ready: '.issues' },
  'issues-none': { path: '/issues?query=nothing', ready: '.state' },
  'issues-search': { path: '/issues?query=browser%3AFirefox', ready: '.issues', way: keys('/', 'End', 'Space', 'b') },
  'issues-selected': { path: '/issues?sort=events', ready: '.issues', way: keys('j', 'x', 'j', 'x', 's') },
  'issues-done': { path: '/issues?sort=events', ready: '.issues', way: keys('j', 'x', 'j', 'x', 'i') },
  'issues-help': { path: '/issues', ready: '.issues', way: keys('?') },
};

/** So that all forms can be seen. */
async function openAll(page: Page): Promise<void> {
  await page.evaluate(
    `document.querySelectorAll('details:not(.menu)').forEach((details) => (details.open = true)); scrollTo(0, 0)`,
  );
}

function keys(...names: string[]): (page: Page) => Promise<void> {
  return async (page) => {
    for (const name of names) await page.keyboard.press(name);
    await page.waitForTimeout(300);
  };
}

async function takeViewer(page: Page, { url }: TestCollector, issue: string, suffix: string): Promise<void> {
  for (const [name, { path, ready, way }] of Object.entries(viewerPages)) {
    await page.goto(url + path);
    await page.waitForSelector(ready);
    await way?.(page);
    await page.screenshot({ path: `${folder}/viewer-${name}-${suffix}.png`, animations: 'disabled', fullPage: true });
  }
  for (const [name, { path, ready, way }] of Object.entries(listPages)) {
    await page.goto(url + path);
    await page.waitForSelector(ready);
    await way?.(page);
    await take(page, `viewer-${name}-${suffix}`);
    // Put back, where something was done.
    await page.keyboard.press('z');
  }
  await takeFiltered(page, `${url}/issues?query=declined&status=all`, suffix);
  await page.goto(`${url}/logs`);
  await page.waitForSelector('.record-row');
  await take(page, `viewer-logs-${suffix}`);
  await page.locator('.record-text', { hasText: 'Card refused' }).first().click();
  await page.waitForSelector('.session-errors');
  await take(page, `viewer-record-${suffix}`);
  await page.goto(issue);
  await page.waitForSelector('.timeline');
  await take(page, `viewer-issue-${suffix}`);
  await page.screenshot({ path: `${folder}/viewer-issue-whole-${suffix}.png`, fullPage: true });
}

/** An issue with a past, of whose events some are shown. */
async function takeFiltered(page: Page, list: string, suffix: string): Promise<void> {
  await page.goto(list);
  await page.click('.issue-link');
  await page.click('a.bar-value >> text=Firefox');
  await page.waitForSelector('.event-filter strong');
  await openAll(page);
  await page.waitForSelector('.issue-rest td');
  await page.screenshot({ path: `${folder}/viewer-issue-filtered-${suffix}.png`, fullPage: true });
}

/** Somebody to be told, and of what. */
async function addAlerts({ api }: TestCollector): Promise<void> {
  const post = <T>(path: string, body: object) => api<T>(path, { method: 'POST', body: JSON.stringify(body) });
  const team = { name: 'Front-end team', kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x' };
  const { id } = await post<{ id: string }>('/api/channels', team);
  await post('/api/projects/1/rules', {
    name: 'New in production',
    trigger: { kind: 'new' },
    filter: { environment: 'production', level: 'error' },
    channels: [id],
    // Not while the pictures are taken: nothing goes out.
    pace: 'daily',
    atMostEvery: 30,
    quiet: { from: 22, to: 7 },
    timeZone: 'Europe/Berlin',
    isEnabled: true,
  });
}

mkdirSync(folder, { recursive: true });
const executablePath = process.env['PAGEFAULT_CHROMIUM'] ?? onPath('chromium');
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server'],
});
const collector = await startCollector({ demo: true });
try {
  await sendPast(collector.endpoint);
  await addAlerts(collector);
  await sendPastLogs(collector.endpoint);
  const page = await browser.newPage({ viewport: sizes.wide });
  await signIn(page, collector);
  await breakThings(page);
  await page.goto(`${collector.url}/demo/`);
  await page.waitForSelector('.state-open');
  const issue = await meetAnError(page);
  await takeAll(browser, collector, issue);
  await takeMails(browser, folder, sizes);
} finally {
  await browser.close();
  await collector.close();
}

const picture = `${folder}/viewer-issue-wide-light.png`;
if (statSync(picture).size > maxReadmeBytes) throw new Error(`${picture} is too large for the README`);
copyFileSync(picture, readmePicture);
process.stdout.write(`The pictures are in ${folder}, the README's is ${readmePicture}.\n`);
