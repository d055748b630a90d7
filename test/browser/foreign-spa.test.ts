import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, before } from 'node:test';
import { browserTest, type Page } from '../helpers/browser.ts';
import { startCollector } from '../helpers/collector.ts';
import { assertPlace, placeOf } from '../helpers/place.ts';
import { buildReactTemplate } from '../helpers/react-template.ts';
import { startSite, type Site } from '../helpers/site.ts';

let collector: Awaited<ReturnType<typeof startCollector>>;
let folders: string[] = [];
let plain: Site;
let reported: Site;
let script: string;

before(async () => {
  collector = await startCollector();
  folders = await Promise.all([buildReactTemplate(), buildReactTemplate(collector.endpoint)]);
  const [without, built] = folders.map((folder) => join(folder, 'dist')) as [string, string];
  plain = await startSite({ folder: without });
  reported = await startSite({ folder: built });
  const [file, ...others] = globSync(join(built, 'assets/*.js'));
  assert.ok(file && others.length === 0, 'one script is built');
  script = file;
});

after(async () => {
  await plain.close();
  await reported.close();
  await collector.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** Clicks the counter until it throws, and once more; gives all that can be seen of it. */
async function count(page: Page, url: string): Promise<unknown[]> {
  const seen: unknown[] = [];
  await page.goto(url);
  await page.waitFor('document.querySelector(".counter")');
  await page.evaluate('(window.errors = [], addEventListener("error", (event) => errors.push(event.message)))');
  for (let clicks = 1; clicks <= 4; clicks++) {
    await page.click('.counter');
    await page.waitFor(`document.querySelector('.counter').textContent === 'Count is ${clicks}'`);
    seen.push(await page.evaluate('[document.querySelector("#root").innerHTML, errors]'));
  }
  return seen;
}

browserTest('a React application counts as before, and its error arrives with its place', async ({ page, engine }) => {
  const url = `${reported.url}/?in=${engine}`;
  const expected = await count(page, `${plain.url}/`);
  assert.deepEqual(await count(page, url), expected);
  const { event } = await collector.waitForEvent(({ event }) => event.page?.url.startsWith(url) === true);
  const exception = event.exceptions[0];
  assert.equal(exception?.type, 'Error');
  assert.equal(exception?.value, '3 are too many');
  const frame = exception?.frames[0] ?? {};
  assert.equal(frame.filename, `${reported.url}/assets/${basename(script)}`);
  assertPlace(frame, placeOf(await readFile(script, 'utf8'), /throw Error\([^)]*are too many`\)/));
});
