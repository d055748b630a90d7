import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { browserTest } from '../helpers/browser.ts';
import { startSite, type Site } from '../helpers/site.ts';

const page = (body: string) => `<!doctype html><title>harness</title><link rel="icon" href="data:,">${body}`;
const strict = { 'content-security-policy': "script-src 'self'; require-trusted-types-for 'script'" };

let site: Site;
let strictSite: Site;

before(async () => {
  site = await startSite({
    files: {
      '/': page('<button>Buy</button><input><p></p><script src="/app.js"></script>'),
      '/long': page(`<style>html { scroll-padding-top: 4rem; } div { height: 826px; }</style>
        <div></div><button onclick="this.textContent = 2">1</button><div></div>`),
      '/next': page('<h1>Next</h1>'),
      '/app.js': `
        window.seen = [];
        addEventListener('error', (event) => seen.push('error ' + event.message));
        addEventListener('pageshow', (event) => seen.push('pageshow ' + event.persisted));
        document.querySelector('button').addEventListener('click', (event) => {
          document.querySelector('p').textContent = ' bought ' + event.isTrusted + ' ';
          throw new Error('sold out');
        });
        document.querySelector('input').addEventListener('keydown', (event) => seen.push(event.key));`,
    },
  });
  strictSite = await startSite({ files: { '/': page('<h1>Strict</h1>') }, headers: strict });
});

after(async () => {
  await site.close();
  await strictSite.close();
});

browserTest('a click and keys are real input, and an error in the page is visible', async ({ page }) => {
  await page.goto(site.url);
  await page.click('button');
  assert.equal(await page.text('p'), 'bought true');
  await page.type('input', 'ab');
  await page.press('Enter');
  const seen = await page.evaluate<string[]>('seen');
  assert.match(seen.find((entry) => entry.startsWith('error')) ?? '', /sold out/);
  assert.deepEqual(seen.slice(-3), ['a', 'b', 'Enter']);
  const uncaught = page.consoleMessages()?.filter((message) => message.level === 'uncaught');
  if (uncaught) assert.match(uncaught[0]?.text ?? '', /sold out/);
});

browserTest('what is below the fold is scrolled to before it is clicked', async ({ page }) => {
  await page.goto(`${site.url}/long`);
  await page.click('button');
  assert.equal(await page.text('button'), '2');
});

browserTest('evaluate awaits promises, takes arguments, and shows what was thrown', async ({ page }) => {
  await page.goto(site.url);
  assert.deepEqual(await page.evaluate(async (a: number, b: { c: string }) => [a + 1, b.c], 1, { c: 'x' }), [2, 'x']);
  assert.equal(await page.evaluate('undefined'), undefined);
  await assert.rejects(page.evaluate('missing.name'), /in the page: ReferenceError/);
  await page.goto(strictSite.url);
  assert.equal(await page.evaluate('document.querySelector("h1").textContent'), 'Strict');
});

browserTest('waitFor gives the value, or says what it waited for', async ({ page }) => {
  await page.goto(site.url);
  await page.evaluate('setTimeout(() => { window.late = 7; }, 200)');
  assert.equal(await page.waitFor('window.late'), 7);
  await assert.rejects(page.waitFor('seen.length > 99', 200), /waited 200 ms for seen\.length > 99; last value: false/);
  await assert.rejects(page.waitFor('nobody.there', 200), /it threw ReferenceError/);
});

browserTest('a page goes on, back out of the bfcache, and loads again', async ({ page }) => {
  await page.goto(site.url);
  await page.goto(`${site.url}/next`);
  assert.equal(await page.url(), `${site.url}/next`);
  await page.back();
  assert.equal(await page.url(), `${site.url}/`);
  assert.deepEqual(await page.evaluate('seen'), ['pageshow false', 'pageshow true']);
  await page.click('button');
  await page.reload();
  assert.deepEqual(await page.evaluate('seen'), ['pageshow false']);
  await page.goto(`${site.url}/next`);
  assert.equal(await page.text('h1'), 'Next');
});

browserTest('pages of one test share storage, those of the next start empty', async ({ page, browser }) => {
  await page.goto(site.url);
  assert.equal(await page.evaluate('localStorage.getItem("basket")'), null);
  await page.evaluate('localStorage.setItem("basket", "2")');
  const other = await browser.newPage();
  await other.goto(site.url);
  assert.equal(await other.evaluate('localStorage.getItem("basket")'), '2');
  await other.close();
  assert.equal(await page.evaluate('localStorage.length'), 1);
});

browserTest('storage of the test before is gone', async ({ page }) => {
  await page.goto(site.url);
  assert.equal(await page.evaluate('localStorage.length'), 0);
});
