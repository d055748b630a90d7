import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before } from 'node:test';
import { browserTest, type Page } from '../helpers/browser.ts';
import { startCollector } from '../helpers/collector.ts';
import { assertPlace, placeOf } from '../helpers/place.ts';
import { startSite, type Site } from '../helpers/site.ts';

/** A presentation framework as its package has it: a page, styles, and scripts by tag, minified. */
const reveal = new URL('../../node_modules/reveal.js/', import.meta.url);

let collector: Awaited<ReturnType<typeof startCollector>>;
let plain: Site;
let reported: Site;

before(async () => {
  collector = await startCollector();
  const html = await readFile(new URL('index.html', reveal), 'utf8');
  const tag = `<script src="${collector.url}/pagefault.js" data-endpoint="${collector.endpoint}" data-release="6"></script>`;
  plain = await startSite({ folder: reveal.pathname });
  reported = await startSite({ folder: reveal.pathname, files: { '/': html.replace('<head>', `<head>${tag}`) } });
});

after(async () => {
  await plain.close();
  await reported.close();
  await collector.close();
});

/** Shows the slides as a person does, then meets a mistake in the deck's settings; gives all that can be seen of it. */
async function present(page: Page, url: string): Promise<unknown[]> {
  const seen: unknown[] = [];
  const look = async () => seen.push(await page.evaluate('[document.querySelector(".present").textContent, errors]'));
  await page.goto(url);
  await page.waitFor('Reveal.isReady()');
  await page.evaluate('(window.errors = [], addEventListener("error", (event) => errors.push(event.message)))');
  await look();
  await page.press('ArrowRight');
  // The deck writes its URL a little later, and not more often than browsers allow.
  await page.waitFor('location.hash === "#/1"');
  await look();
  await page.click('.navigate-left');
  await page.waitFor('location.hash === ""');
  await look();
  await page.evaluate(`(
    Reveal.getSlides().forEach((slide) => slide.setAttribute('data-auto-animate', '')),
    Reveal.configure({ autoAnimateMatcher: () => undefined })
  )`);
  await page.press('ArrowRight');
  await page.waitFor('errors.length > 0');
  await look();
  return seen;
}

browserTest('a deck of reveal.js shows as before, and its error arrives with its place', async ({ page, engine }) => {
  const url = `${reported.url}/?in=${engine}`;
  const expected = await present(page, `${plain.url}/`);
  assert.deepEqual(await present(page, url), expected);
  const { event } = await collector.waitForEvent(({ event }) => event.page?.url.startsWith(url) === true);
  const exception = event.exceptions[0];
  assert.equal(exception?.type, 'TypeError');
  const frame = exception?.frames[0] ?? {};
  assert.equal(frame.function?.split('.').at(-1), 'getAutoAnimatableElements');
  assert.equal(frame.filename, `${reported.url}/dist/reveal.js`);
  const code = await readFile(new URL('dist/reveal.js', reveal), 'utf8');
  // Firefox points at the statement.
  assertPlace(frame, placeOf(code, /return \w+\.filter(?=\(\(\w+,\w+\)=>\{if\(\w+\.indexOf\(\w+\.to\))/));
});
