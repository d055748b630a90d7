import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { browserTest, type Page } from '../helpers/browser.ts';
import { isAt, press, seesAll, seesOne, seesValue, textsOf, typeInto } from '../helpers/by-role.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { report, sees, signIn } from '../helpers/viewer.ts';

let collector: TestCollector;

before(async () => {
  collector = await startCollector();
});
after(() => collector.close());

const exception = (type: string, value: string) => ({ exceptions: [{ type, value, stack: 0 }] });
const titles = (page: Page) => textsOf(page, 'link');
const positionOf = (name: string) =>
  `[...document.links].find((link) => link.innerText.includes(${JSON.stringify(name)}))?.getBoundingClientRect().top`;

browserTest('an empty project waits for its first report, and turns green when it arrives', async ({ page }) => {
  const empty = await startCollector({ key: 'freshkey' });
  try {
    await signIn(page, empty);
    await sees(page, 'Waiting for the first report');
    await sees(page, `data-endpoint="${empty.endpoint}"`);
    await report(empty, exception('TypeError', 'first of all'));
    await sees(page, 'The first report has arrived');
    await sees(page, 'TypeError: first of all');
  } finally {
    await empty.close();
  }
});

browserTest(
  'someone signed out is led to the sign-in page, and after signing in to where they wanted',
  async (test) => {
    const { page } = test;
    await page.goto(`${collector.url}/settings`);
    await sees(page, 'Sign in to Pagefault');
    assert.equal(new URL(await page.url()).search, '?next=%2Fsettings');
    await typeInto(page, 'E-mail', 'nobody@shop.example');
    await typeInto(page, 'Password', 'wrong password');
    await press(page, 'Sign in');
    await sees(page, 'E-mail and password do not belong together');
    await signIn(page, collector, '/settings');
    await sees(page, 'Endpoint with the write key');
    assert.equal(await page.url(), `${collector.url}/settings`);
  },
);

browserTest('a sign-in link can lead to the demo', async ({ page }) => {
  const withDemo = await startCollector({ demo: true });
  try {
    const token = await withDemo.collector.createSignInToken();
    await page.goto(`${withDemo.url}/sign-in?next=/demo/#${token}`);
    await seesOne(page, 'heading', 'Arriving reports');
    assert.equal(await page.url(), `${withDemo.url}/demo/`);
  } finally {
    await withDemo.close();
  }
});

browserTest('a sign-in link works once, and leads nowhere else', async ({ page, browser }) => {
  const token = await collector.collector.createSignInToken();
  const next = encodeURIComponent('//elsewhere.example/');
  await page.goto(`${collector.url}/sign-in?next=${next}#${token}`);
  await sees(page, 'Live');
  assert.equal(await page.url(), `${collector.url}/`);
  await press(page, 'Settings');
  await press(page, 'Me');
  await press(page, 'Sign out');
  await sees(page, 'Sign in to Pagefault');
  const other = await browser.newPage();
  await other.goto(`${collector.url}/sign-in#${token}`);
  await sees(other, 'This sign-in link has been used already or is too old');
});

browserTest(
  'an issue sent over the wire is found by search, and the search stands in the address',
  async ({ page, engine }) => {
    const name = `Basket${engine}`;
    await report(collector, exception('RangeError', `${name} is full`));
    await report(collector, exception('TypeError', `Pot${engine} has no lid`));
    await signIn(page, collector);
    await sees(page, `RangeError: ${name} is full`);
    await sees(page, 'addToCart in shop.js');
    await typeInto(page, 'Search issues', name);
    await page.waitFor(`location.search === '?query=${name}'`);
    await page.waitFor(`!document.body.innerText.includes('Pot${engine}')`);
    await page.reload();
    await sees(page, `RangeError: ${name} is full`);
    assert.ok(!(await titles(page)).some((title) => title.includes(`Pot${engine}`)));
  },
);

browserTest('arrivals count up in place, and new issues wait until they are asked for', async ({ page, engine }) => {
  const [old, fresh] = [`Ladle ${engine}`, `Whisk ${engine}`];
  await report(collector, exception('Error', `${old} is bent`));
  await signIn(page, collector, `/?query=${engine}`);
  await sees(page, `${old} is bent`);
  const before = await page.evaluate<number>(positionOf(old));
  await report(collector, exception('Error', `${old} is bent`));
  await seesAll(page, 'listitem', (rows) => rows.some((row) => row.includes(old) && row.includes('2 events')));
  await report(collector, exception('Error', `${fresh} is broken`));
  await sees(page, '1 new issue — show');
  assert.equal(await page.evaluate<number>(positionOf(old)), before);
  assert.ok(!(await titles(page)).some((title) => title.includes(fresh)));
  await press(page, '1 new issue — show');
  await sees(page, `${fresh} is broken`);
});

browserTest('j, k and Enter walk the list, / goes to the search', async ({ page }) => {
  await report(collector, exception('Error', 'The lower one'));
  await report(collector, exception('Error', 'The upper one'));
  await signIn(page, collector, '/?query=one');
  await sees(page, 'The lower one');
  await page.press('j');
  await page.press('j');
  await isAt(page, 'link', 'Error: The lower one');
  await page.press('k');
  await isAt(page, 'link', 'Error: The upper one');
  await page.press('/');
  await isAt(page, 'combobox', 'Search issues');
  await page.evaluate('document.activeElement.blur()');
  await page.press('j');
  await page.press('Enter');
  await seesOne(page, 'heading', 'Error: The upper one');
  await page.back();
  await sees(page, 'The lower one');
});

browserTest('? explains the search, and its examples are searches', async ({ page }) => {
  await report(collector, exception('Error', 'The only one'));
  await signIn(page, collector);
  await sees(page, 'The only one');
  await page.press('?');
  await sees(page, 'by a tag of your own');
  await press(page, 'level:warning environment:production');
  await sees(page, 'Nothing matches this search');
  await seesValue(page, 'Search issues', 'level:warning environment:production');
});
