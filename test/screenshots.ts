// Takes pictures of the demo and the viewer into dist/screenshots, and the one that the README shows.
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { onPath } from './helpers/browsers/programs.ts';
import { startCollector, type TestCollector } from './helpers/collector.ts';
import { sendPast } from './helpers/past.ts';

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

/** Those of the whole page; the others show what is on the screen at first. */
const viewerPages = {
  overview: { path: '/', ready: '.hours' },
  releases: { path: '/releases', ready: '.releases' },
  release: { path: '/releases?name=shop%402.4.1', ready: '.overview .panel' },
  projects: { path: '/settings', ready: '.endpoint' },
  people: { path: '/settings/people', ready: '.lines li' },
  tokens: { path: '/settings/tokens', ready: '.form' },
  data: { path: '/settings/data', ready: 'textarea' },
  me: { path: '/settings/me', ready: '.lines li' },
};

async function takeViewer(page: Page, { url }: TestCollector, issue: string, suffix: string): Promise<void> {
  for (const [name, { path, ready }] of Object.entries(viewerPages)) {
    await page.goto(url + path);
    await page.waitForSelector(ready);
    await page.screenshot({ path: `${folder}/viewer-${name}-${suffix}.png`, animations: 'disabled', fullPage: true });
  }
  await page.goto(`${url}/issues`);
  await page.waitForSelector('.issues');
  await take(page, `viewer-issues-${suffix}`);
  await page.goto(issue);
  await page.waitForSelector('.timeline');
  await take(page, `viewer-issue-${suffix}`);
  await page.screenshot({ path: `${folder}/viewer-issue-whole-${suffix}.png`, fullPage: true });
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
  const page = await browser.newPage({ viewport: sizes.wide });
  await signIn(page, collector);
  await breakThings(page);
  await page.goto(`${collector.url}/demo/`);
  await page.waitForSelector('.state-open');
  const issue = await meetAnError(page);
  await takeAll(browser, collector, issue);
} finally {
  await browser.close();
  await collector.close();
}

const picture = `${folder}/viewer-issue-wide-light.png`;
if (statSync(picture).size > maxReadmeBytes) throw new Error(`${picture} is too large for the README`);
copyFileSync(picture, readmePicture);
process.stdout.write(`The pictures are in ${folder}, the README's is ${readmePicture}.\n`);
