import assert from 'node:assert/strict';
import type { IssueDetail, StoredEvent } from '../../src/protocol/api.ts';
import { browserTest, type Page } from '../helpers/browser.ts';
import { linkOf, place, press, pressBeginning, seesAll, seesOne, textsOf, typeInto } from '../helpers/by-role.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { sees } from '../helpers/viewer.ts';

interface Expected {
  /** What its button says. */
  button: string;
  /** What each engine's words for it have in common. */
  title: RegExp;
  /** The first frame is in the way's own source; absent where no stack can come. */
  inSource?: boolean;
}

/** Each way to break the shop that must become a report. */
const ways: Record<string, Expected> = {
  'wish-list': { button: 'Add to wish list', title: /TypeError.*push/, inSource: true },
  'size-guide': { button: 'Size guide', title: /TypeError.*(null|showModal)/, inSource: true },
  stock: { button: 'And in the store?', title: /\/demo\/api\/store-stock/ },
  photos: { button: 'Photo of the glaze', title: /img\.photo failed to load/ },
  reviews: { button: 'Read reviews', title: /SyntaxError.*JSON/, inSource: true },
  suggestions: { button: 'What goes with it?', title: /\/demo\/api\/suggestions/ },
  'stock-alert': { button: 'Tell me when it is back', title: /Stock alerts are switched off/, inSource: true },
  voucher: { button: 'Redeem a voucher', title: /TypeError.*percent/, inSource: true },
  parcels: { button: 'Cheaper in fewer parcels?', title: /call stack|recursion/, inSource: true },
  'gift-wrap': { button: 'Wrap it as a gift', title: /Gift wrap is out of paper/ },
  wallet: { button: 'Pay with Purse', title: /Purse: merchant "crackle" is not known/, inSource: true },
  address: { button: 'Change the address', title: /The address was not saved/, inSource: true },
  invoice: { button: 'Download an invoice', title: /TypeError.*(pages|'0'|property 0)/, inSource: true },
  chat: { button: 'Ask the potter', title: /TypeError.*(trim|greeting)/, inSource: true },
  // Engines that mask errors of other origins say no more than this.
  currency: { button: 'Prices in pounds', title: /Script error|exchange rates/ },
  turntable: { button: 'Turn it around', title: /The turntable is stuck/, inSource: true },
  designer: { button: 'Design your own', title: /TypeError.*(import|module|Load failed)/i },
  'delivery-date': { button: 'When will it arrive?', title: /The carrier has not answered in time/, inSource: true },
  visitors: { button: 'How many are looking?', title: /script failed to load/ },
  firing: { button: 'Next firing', title: /TypeError.*day/, inSource: true },
  newsletter: { button: 'Join the newsletter', title: /Somebody wants the newsletter/ },
};

const panel = place('region', 'Break something');
const arriving = place('region', 'Arriving reports');
const breakIt = (page: Page, way: string) => pressBeginning(page, ways[way]?.button ?? '', panel);

async function isOpen(page: Page): Promise<void> {
  await seesOne(page, 'heading', 'Pots');
  await seesAll(page, 'status', (texts) => texts.includes('Live'));
}

async function openDemo(page: Page, collector: TestCollector): Promise<void> {
  await page.goto(`${collector.url}/sign-in?next=/demo/#${await collector.collector.createSignInToken()}`);
  await isOpen(page);
}

/** Waits until the list beside the shop has a report with such a title, and gives the link to its issue. */
const reportOf = (page: Page, title: RegExp) => linkOf(page, title, arriving);

async function readIssue(page: Page, link: string): Promise<{ heading: string; frame: string; crumbs: string[] }> {
  await page.goto(link);
  const timeline = place('list', 'Timeline');
  await seesAll(page, 'listitem', ({ length }) => length > 1, timeline);
  const [heading = ''] = await textsOf(page, 'heading');
  const frames = await textsOf(page, 'listitem', place('region', 'Stack'));
  return {
    heading,
    // Those of other code are folded.
    frame: frames.find((text) => /:\d+:\d+/.test(text)) ?? '',
    crumbs: await textsOf(page, 'listitem', timeline),
  };
}

browserTest('each way to break the shop arrives beside it, with its place and the click', async ({ page }) => {
  const collector = await startCollector({ demo: true });
  try {
    await openDemo(page, collector);
    for (const [way, { title, inSource }] of Object.entries(ways)) {
      await breakIt(page, way);
      const { pathname, search } = new URL(await reportOf(page, title));
      const issue = await collector.api<IssueDetail>(`/api${pathname}${search}`);
      assert.match(issue.title, title, way);
      const { event, frames } = await collector.api<StoredEvent>(
        `/api/events/${issue.latestEventId}?project=${issue.projectId}`,
      );
      const own = frames[0]?.find(({ inApp }) => inApp);
      if (inSource)
        assert.ok(own?.source && own.filename?.endsWith(`demo/features/${way}.ts`), `${way}: ${own?.filename}`);
      const clicks = event.breadcrumbs.filter(({ kind }) => kind === 'click').map(({ text }) => text);
      assert.ok(
        clicks.some((text) => text.includes(`#break-${way}`)),
        `${way}: the click is among ${clicks}`,
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
    await pressBeginning(page, 'Mended tea bowl', place('main'));
    await press(page, 'Add to cart');
    await press(page, 'To checkout');
    await press(page, 'Place the order');
    await sees(page, 'Needed');
    const typed = {
      Name: 'Ida Lehm',
      'E-mail': 'ida@example.com',
      Street: 'Lehmweg 4',
      Postcode: '24103',
      Town: 'Kiel',
    };
    for (const [field, text] of Object.entries(typed)) await typeInto(page, field, text);
    await press(page, 'Wrap it as a gift', place('main'));
    const link = await reportOf(page, /Gift wrap is out of paper/);
    await press(page, 'Place the order');
    await seesOne(page, 'heading', 'Thank you');

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
    await pressBeginning(page, 'Track a parcel', panel);
    await seesOne(page, 'heading', 'Account');
    await sees(page, 'Live');
    await breakIt(page, 'newsletter');
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
        await isOpen(page);
      }
      await page.back();
      // And the author's source is two clicks away.
      await breakIt(page, 'wish-list');
      await reportOf(page, /TypeError.*push/);
      await pressBeginning(page, 'TypeError', arriving);
      await sees(page, 'own.push(location.pathname)');
    } finally {
      await collector.close();
    }
  },
);

browserTest('the demo shows no reports to somebody who is not signed in', async ({ page }) => {
  const collector = await startCollector({ demo: true });
  try {
    await page.goto(`${collector.url}/demo/`);
    await sees(page, 'Reports are shown to people who are signed in.');
    await breakIt(page, 'wish-list');
    await collector.waitForEvent(({ event }) => event.exceptions[0]?.type === 'TypeError');
    assert.deepEqual(await textsOf(page, 'listitem', arriving), []);
    assert.equal(await linkOf(page, /Sign in/, arriving), `${collector.url}/sign-in?next=/demo/`);
  } finally {
    await collector.close();
  }
});
