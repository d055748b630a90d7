import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { IssueList } from '../../src/protocol/api.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { browserTest, type Page } from '../helpers/browser.ts';
import { place, press, seesAll, seesValue, textsOf, typeInto } from '../helpers/by-role.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { until } from '../helpers/until.ts';
import { report, sees, signIn } from '../helpers/viewer.ts';

let collector: TestCollector;

before(async () => {
  collector = await startCollector();
});
after(() => collector.close());

const broken = (name: string) => ({
  fingerprint: [name],
  exceptions: [{ type: 'Error', value: `${name} is broken`, stack: 0 }],
});
const list = (query: string) => `/issues?query=${encodeURIComponent(query)}`;
const rows = (page: Page) => textsOf(page, 'link', place('list', 'Issues'));
const gone = (page: Page, text: string) => page.waitFor(`!document.body.innerText.includes(${JSON.stringify(text)})`);
const tick = (page: Page, name = '') => press(page, `Select Error: ${name} is broken`);

/** Issues of one engine's test. */
async function seed(names: string[]): Promise<void> {
  for (const name of names) await report(collector, broken(name));
}

browserTest('the search offers values that have occurred, and takes one by the keys', async ({ page, engine }) => {
  await report(collector, broken(`Anvil ${engine}`), { browser: { name: `Ocelot${engine}`, version: '3.1' } });
  await signIn(page, collector);
  await typeInto(page, 'Search issues', 'browser:oce');
  const offered = (text: string) => text.includes(`Ocelot${engine} 3.1`) && text.includes('1 issue');
  await seesAll(page, 'option', (options) => options.some(offered));
  await typeInto(page, 'Search issues', `lot${engine}`);
  await seesAll(page, 'option', (options) => options.length === 1);
  await page.press('ArrowDown');
  await page.press('Enter');
  await seesValue(page, 'Search issues', `browser:"Ocelot${engine} 3.1" `);
  await page.waitFor(`new URLSearchParams(location.search).get('query') === 'browser:"Ocelot${engine} 3.1"'`);
  await sees(page, `Anvil ${engine} is broken`);
});

browserTest('issues are selected by x and by a click with Shift, and resolved at once', async ({ page, engine }) => {
  const names = ['one', 'two', 'three', 'four'].map((word) => `Barrel${engine} ${word}`);
  await seed(names);
  await signIn(page, collector, list(`Barrel${engine}`));
  await sees(page, `${names[0]} is broken`);
  await page.press('j');
  await page.press('x');
  await sees(page, '1 issue selected');
  await page.press('j');
  await page.press('j');
  await page.press('X');
  await sees(page, '3 issues selected');
  await tick(page, names[1]);
  await sees(page, '2 issues selected');
  await page.press('Escape');
  await gone(page, 'selected');
  await tick(page, names[3]);
  await page.press('j');
  await press(page, 'Resolve');
  await gone(page, `${names[3]} is broken`);
  await sees(page, `${names[0]} is broken`);
  const { issues } = await collector.api<IssueList>(`/api/issues?query=Barrel${engine}%20is:resolved`);
  assert.deepEqual(
    issues.map(({ title }) => title),
    [`Error: ${names[3]} is broken`],
  );
  await sees(page, '1 issue resolved.');
  await press(page, 'Undo');
  await sees(page, `${names[3]} is broken`);
  await sees(page, '1 issue put back.');
});

browserTest('keys snooze and ignore what is selected, and tabs find it again', async ({ page, engine }) => {
  const names = [`Candle${engine} red`, `Candle${engine} blue`];
  await seed(names);
  await signIn(page, collector, list(`Candle${engine}`));
  await sees(page, `${names[0]} is broken`);
  await page.press('j');
  await page.press('i');
  await gone(page, `${names[1]} is broken`);
  await page.press('z');
  await sees(page, `${names[1]} is broken`);
  await page.press('i');
  await gone(page, `${names[1]} is broken`);
  await page.press('j');
  await page.press('s');
  await press(page, 'Until 10 more users');
  await sees(page, 'Nothing matches this search');
  await press(page, 'Ignored');
  await sees(page, `${names[1]} is broken`);
  await press(page, 'Snoozed');
  await sees(page, `${names[0]} is broken`);
  assert.equal((await rows(page)).filter((title) => title.includes('is broken')).length, 1);
});

browserTest('a search is kept for everybody, found again, and forgotten', async ({ page, engine }) => {
  await seed([`Drum ${engine}`, `Easel ${engine}`]);
  await signIn(page, collector, list(`-Easel ${engine}`));
  await sees(page, `Drum ${engine} is broken`);
  await press(page, 'Events');
  await page.waitFor(`location.search.includes('sort=events')`);
  assert.ok(!(await rows(page)).some((title) => title.includes('Easel')));
  await press(page, 'Searches');
  await typeInto(page, 'Name of this search', `Drums ${engine}`);
  await press(page, 'for everybody');
  await press(page, 'Keep this search');
  await sees(page, `Drums ${engine} for everybody`);
  await page.goto(`${collector.url}/issues`);
  await press(page, 'Searches');
  await press(page, `Drums ${engine} for everybody`);
  await page.waitFor(`location.search.includes('sort=events')`);
  await sees(page, `Drum ${engine} is broken`);
  await press(page, 'Searches');
  await press(page, `Forget Drums ${engine}`);
  await gone(page, `Drums ${engine} for everybody`);
});

browserTest('a list of a thousand holds only what is seen, and goes to its end', async ({ page }) => {
  const many = await startCollector();
  try {
    const events = Array.from({ length: 1_000 }, (_, nth) =>
      batchEvent({ ...broken(`Fiddle ${nth}`), at: Date.now() - nth * 1_000 }),
    );
    await send(many.endpoint, batch(events));
    let total = 0;
    await until(
      async () => (total = (await many.api<IssueList>('/api/issues?limit=1')).total) === 1_000,
      () => total,
    );
    await signIn(page, many);
    await sees(page, 'Fiddle 0 is broken');
    // How a thousand is written is the browser's affair.
    await page.waitFor('/1\\D?000 issues/.test(document.body.innerText)');
    // Each time at what is the end by then.
    await page.waitFor(
      `(scrollTo(0, document.body.scrollHeight), document.body.innerText.includes('Fiddle 999 is broken'))`,
      20_000,
    );
    assert.ok((await rows(page)).length < 100, 'rows out of sight are not in the document');
    await page.waitFor(`(scrollTo(0, 0), document.body.innerText.includes('Fiddle 0 is broken'))`);
    for (let nth = 0; nth < 30; nth++) await page.press('j');
    await page.waitFor(`document.activeElement.innerText.includes('Fiddle 29 is broken')`);
    await page.waitFor(`document.activeElement.getBoundingClientRect().bottom <= innerHeight`);
  } finally {
    await many.close();
  }
});

browserTest(
  'a collector that is gone is told of, what is seen stays, and what was missed is seen',
  async ({ page }) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'pagefault-gone-'));
    try {
      const mortal = await startCollector({ dataDir });
      await report(mortal, broken('Goblet'));
      await signIn(page, mortal);
      await sees(page, 'Goblet is broken');
      await mortal.close();
      await sees(page, 'The collector cannot be reached.');
      await sees(page, 'Goblet is broken');
      const again = await startCollector({ dataDir, port: Number(new URL(mortal.url).port) });
      try {
        await report(again, broken('Beaker'));
        await press(page, '1 new issue — show');
        await sees(page, 'Beaker is broken');
        await page.waitFor(`!document.body.innerText.includes('cannot be reached')`);
      } finally {
        await again.close();
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
);
