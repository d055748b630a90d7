import assert from 'node:assert/strict';
import { browserTest, type Page } from '../helpers/browser.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';

interface Expected {
  /** What each engine's words for it have in common. */
  title: RegExp;
  /** The first frame is in the way's own source; absent where no stack can come. */
  inSource?: boolean;
}

/** Each way to break the shop that must become a report. */
const ways: Record<string, Expected> = {
  'wish-list': { title: /TypeError.*push/, inSource: true },
  'size-guide': { title: /TypeError.*(null|showModal)/, inSource: true },
  stock: { title: /\/demo\/api\/store-stock/ },
  photos: { title: /img\.photo failed to load/ },
  reviews: { title: /SyntaxError.*JSON/, inSource: true },
  suggestions: { title: /\/demo\/api\/suggestions/ },
  'stock-alert': { title: /Stock alerts are switched off/, inSource: true },
  voucher: { title: /TypeError.*percent/, inSource: true },
  parcels: { title: /call stack|recursion/, inSource: true },
  'gift-wrap': { title: /Gift wrap is out of paper/ },
  wallet: { title: /Purse: merchant "crackle" is not known/, inSource: true },
  address: { title: /The address was not saved/, inSource: true },
  invoice: { title: /TypeError.*(pages|'0'|property 0)/, inSource: true },
  chat: { title: /TypeError.*(trim|greeting)/, inSource: true },
  // Engines that mask errors of other origins say no more than this.
  currency: { title: /Script error|exchange rates/ },
  turntable: { title: /The turntable is stuck/, inSource: true },
  designer: { title: /TypeError.*(import|module|Load failed)/i },
  'delivery-date': { title: /The carrier has not answered in time/, inSource: true },
  visitors: { title: /script failed to load/ },
  firing: { title: /TypeError.*day/, inSource: true },
  newsletter: { title: /Somebody wants the newsletter/ },
};

async function openDemo(page: Page, collector: TestCollector): Promise<void> {
  await page.goto(`${collector.url}/sign-in?next=/demo/#${await collector.collector.createSignInToken()}`);
  await page.waitFor(
    `location.pathname === '/demo/' && document.querySelector('.state-open') && document.querySelector('.card')`,
  );
}

/** Waits until the live list has a report with such a title, and gives the link to its issue. */
async function reportOf(page: Page, title: RegExp): Promise<string> {
  const link = `[...document.querySelectorAll('.report.live a')].find(({ textContent }) => ${title}.test(textContent))`;
  return page.waitFor<string>(`${link}?.href`);
}

async function readIssue(page: Page, link: string): Promise<{ heading: string; frame: string; crumbs: string[] }> {
  await page.goto(link);
  await page.waitFor(`document.querySelector('.timeline .crumb')`).catch(async (error: unknown) => {
    throw new Error(`${String(error)}; ${await page.evaluate('document.body.innerText')}`);
  });
  return page.evaluate(() => ({
    heading: document.querySelector('.issue-head')?.textContent ?? '',
    frame: document.querySelector('.frame.first .frame-where')?.textContent ?? '',
    crumbs: [...document.querySelectorAll('.crumb')].map(({ textContent }) => textContent),
  }));
}

browserTest('each way to break the shop arrives beside it, and its issue can be read', async ({ page }) => {
  const collector = await startCollector({ demo: true });
  try {
    await openDemo(page, collector);
    const links = new Map<string, string>();
    for (const [way, { title }] of Object.entries(ways)) {
      await page.click(`#break-${way}`);
      links.set(way, await reportOf(page, title));
    }
    for (const [way, { title, inSource }] of Object.entries(ways)) {
      const { heading, frame, crumbs } = await readIssue(page, links.get(way) ?? '');
      assert.match(heading, title, way);
      if (inSource) assert.match(frame, new RegExp(`^demo/features/${way}\\.ts:\\d+:\\d+$`), way);
      assert.ok(
        crumbs.some((crumb) => crumb.startsWith('click') && crumb.includes(`#break-${way}`)),
        `${way}: the click is among ${JSON.stringify(crumbs)}`,
      );
    }
  } finally {
    await collector.close();
  }
});

browserTest('a customer buys a pot, and what breaks on the way is told with the way', async ({ page }) => {
  const collector = await startCollector({ demo: true });
  try {
    await openDemo(page, collector);
    await page.click('a[href="/demo/pot/tea-bowl"]');
    await page.click('.product .primary');
    await page.click('main a.primary');
    await page.click('.checkout .primary');
    assert.match(await page.text('#name-mistake'), /Needed/);
    const typed = { name: 'Ida Lehm', email: 'ida@example.com', street: 'Lehmweg 4', postcode: '24103', city: 'Kiel' };
    for (const [field, text] of Object.entries(typed)) await page.type(`#${field}`, text);
    await page.click('[name="gift"]');
    const link = await reportOf(page, /Gift wrap is out of paper/);
    await page.click('.checkout .primary');
    await page.waitFor(`location.pathname.startsWith('/demo/thanks/')`);

    const { crumbs } = await readIssue(page, link);
    const trail = crumbs.join('\n');
    assert.match(
      trail,
      /navigation.*\/demo\/pot\/tea-bowl[^]*navigation.*\/demo\/cart[^]*navigation.*\/demo\/checkout/,
    );
    assert.match(trail, /request.*\/demo\/api\/cart/);
    for (const text of Object.values(typed))
      assert.ok(!trail.includes(text), `"${text}" was typed, and stays with the customer`);
  } finally {
    await collector.close();
  }
});

browserTest('leaving the shop during a request gives no report', async ({ page }) => {
  const collector = await startCollector({ demo: true });
  try {
    await openDemo(page, collector);
    await page.click('#break-tracking');
    await page.waitFor(`location.pathname === '/demo/account' && document.querySelector('.state-open')`);
    await page.click('#break-newsletter');
    await reportOf(page, /Somebody wants the newsletter/);
    // What the leaving had left in the outbox would be sent by now.
    await page.waitFor(`!Object.keys(localStorage).some((key) => key.startsWith('pagefault:'))`);
    const messages = (await collector.events()).map(({ event }) => event.message ?? event.exceptions);
    assert.deepEqual(messages, ['Somebody wants the newsletter, and there is none']);
  } finally {
    await collector.close();
  }
});

browserTest(
  'pages left behind keep none waiting, and from a click to the source it is another click',
  async ({ page }) => {
    const collector = await startCollector({ demo: true });
    try {
      await openDemo(page, collector);
      // A browser has six connections for one host.
      for (let visit = 0; visit < 8; visit++) {
        await page.goto(`${collector.url}/demo/?visit=${visit}`);
        await page.waitFor(`document.querySelector('.state-open') && document.querySelector('.card')`);
      }
      await page.back();
      // And the author's source is two clicks away.
      await page.click('#break-wish-list');
      await reportOf(page, /TypeError.*push/);
      await page.click('.report.live a');
      await page.waitFor(`document.querySelector('.failing')?.textContent.includes('own.push(location.pathname)')`);
    } finally {
      await collector.close();
    }
  },
);

browserTest('the demo shows no reports to somebody who is not signed in', async ({ page }) => {
  const collector = await startCollector({ demo: true });
  try {
    await page.goto(`${collector.url}/demo/`);
    assert.match(await page.text('.reports .empty'), /signed in/);
    await page.click('#break-wish-list');
    await collector.waitForEvent(({ event }) => event.exceptions[0]?.type === 'TypeError');
    assert.equal(await page.evaluate(`document.querySelectorAll('.report').length`), 0);
    assert.equal(
      await page.evaluate(`document.querySelector('.reports .empty a').getAttribute('href')`),
      '/sign-in?next=/demo/',
    );
  } finally {
    await collector.close();
  }
});
