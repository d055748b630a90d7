import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { LogRecord } from '../../src/protocol/log-record.ts';
import { batch, batchEvent, logRecord, send } from '../helpers/batches.ts';
import { browserTest, type Page } from '../helpers/browser.ts';
import { choose, isAt, place, press, seesAll, seesNone, textsOf, typeInto } from '../helpers/by-role.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { sees, signIn } from '../helpers/viewer.ts';

let collector: TestCollector;

const evil = '<img src=x onerror="window.owned=1">';
/** How the record of that text and data can be read in the list. */
const slow = `Slow ${evil} ${evil}: 77`;
const log = (records: LogRecord[], session = 'a-visit') =>
  send(collector.endpoint, batch([], { session, records, tags: { plan: evil } }));

before(async () => {
  collector = await startCollector();
  const at = Date.now() - 60_000;
  const many = Array.from({ length: 300 }, (_, nth) => logRecord({ at: at + nth * 10, text: `line ${nth}` }));
  await log(many, 'other-visit');
  const error = batchEvent({ at: at + 50_000, exceptions: [{ type: 'TypeError', value: 'order is null', stack: 0 }] });
  const records = [
    logRecord({
      at: at + 40_000,
      level: 'warning',
      logger: 'checkout.payment',
      text: `Slow ${evil}`,
      data: { [evil]: 77 },
    }),
    logRecord({ at: at + 45_000, level: 'debug', logger: 'checkout', text: 'Step two' }),
  ];
  await send(collector.endpoint, batch([error], { session: 'a-visit', records, tags: { plan: evil } }));
  await collector.digested();
});
after(() => collector.close());

const records = place('list', 'Log records');
const lines = (page: Page) => textsOf(page, 'link', records);
const seesCount = (page: Page, count: number) => seesAll(page, 'link', ({ length }) => length === count, records);
const seesFirst = (page: Page, text: string) =>
  seesAll(page, 'link', ([first]) => first?.includes(text) === true, records);

browserTest(
  'logs are searched, opened, lead to the errors of their session and back, and stay text',
  async ({ page }) => {
    await signIn(page, collector, '/logs');
    await sees(page, 'Step two');
    assert.ok((await lines(page)).length < 120, 'only those near the screen are in the document');
    await choose(page, 'Least level', 'warning and above');
    await seesCount(page, 1);
    assert.equal(await page.evaluate('new URL(location).searchParams.get("query")'), 'level:>=warning');
    await choose(page, 'Least level', 'All levels');
    await sees(page, 'Step two');

    await page.press('/');
    await typeInto(page, 'Search records', 'logger:checkout.p');
    const isPayment = ([first]: string[]) => first?.includes('logger:checkout.payment') === true;
    await seesAll(page, 'option', isPayment, place('listbox', 'Completions'));
    await seesCount(page, 1);
    assert.deepEqual(await lines(page), [slow]);
    await page.evaluate('document.activeElement.blur()');
    await page.press('j');
    await isAt(page, 'link', slow);
    await press(page, slow);
    await sees(page, 'What broke in this session');
    await sees(page, 'plan');
    assert.equal(await page.evaluate('document.querySelectorAll("img").length'), 0);
    assert.equal(await page.evaluate('window.owned === undefined'), true);
    await page.press('Escape');
    await seesNone(page, 'complementary', 'Record');

    await press(page, slow);
    await press(page, 'TypeError: order is null');
    await sees(page, 'What happened before');
    await press(page, 'Log of this session');
    await seesCount(page, 2);
  },
);

browserTest(
  'new records come in by themselves at the top, and wait for whoever reads further down',
  async ({ page, engine }) => {
    await signIn(page, collector, '/logs');
    await sees(page, 'Step two');
    await log([logRecord({ text: `at once ${engine}` })]);
    await seesFirst(page, `at once ${engine}`);

    await page.evaluate('scrollTo(0, 3000)');
    await page.waitFor('scrollY > 2000');
    const seen =
      '[...document.links].find((line) => /^line \\d/.test(line.innerText) && line.getBoundingClientRect().top > 200)';
    await page.waitFor(seen);
    const text = await page.evaluate<string>(`${seen}.innerText`);
    const top = () =>
      page.evaluate<number>(
        `[...document.links].find(({ innerText }) => innerText === ${JSON.stringify(text)}).getBoundingClientRect().top`,
      );
    const before = await top();
    await log([logRecord({ text: `later ${engine}` }), logRecord({ text: `later still ${engine}` })]);
    await sees(page, '2 new records — show');
    assert.equal(await top(), before, 'nothing has moved');
    await press(page, '2 new records — show');
    await page.waitFor('scrollY === 0');
    await seesFirst(page, `later still ${engine}`);

    await press(page, 'Pause');
    await log([logRecord({ text: `while paused ${engine}` })]);
    await press(page, '1 new record — show');
    await seesFirst(page, `while paused ${engine}`);

    await page.goto(`${collector.url}/logs?query=zebra${engine}`);
    await sees(page, 'No record matches this search');
    await log([logRecord({ text: `zebra${engine} runs` })]);
    await sees(page, `zebra${engine} runs`);
  },
);
