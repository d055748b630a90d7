// Takes pictures of mails as they arrive, into dist/screenshots.
import type { Browser } from 'playwright-core';
import { batch, batchEvent, logRecord, send } from './helpers/batches.ts';
import { startCollector } from './helpers/collector.ts';
import { startMailReceiver } from './server/notify/receivers.ts';

/** HTML of real mails: of an issue, of many together, of what is over, of a log record. */
async function receiveMails(): Promise<Record<string, string>> {
  const mailServer = await startMailReceiver();
  const mail = { url: mailServer.url, from: 'Pagefault <pagefault@shop.example>' };
  const collector = await startCollector({ mail });
  const post = (path: string, body: object) => collector.api(path, { method: 'POST', body: JSON.stringify(body) });
  const addRule = (name: string, trigger: object) =>
    post('/api/projects/1/rules', {
      ...{ name, trigger, filter: {}, channels: ['1'], pace: 'now' },
      ...{ atMostEvery: 0, quiet: null, timeZone: 'UTC', isEnabled: true },
    });
  const event = (value: string, user: string) =>
    batchEvent({
      ...{ exceptions: [{ type: 'TypeError', value, stack: 0 }], fingerprint: [value], user: { id: user } },
      trail: [0, 2],
    });
  const trail = [
    { at: Date.now(), kind: 'click' as const, text: 'button "Add to cart"' },
    { at: Date.now(), kind: 'request' as const, text: 'GET /api/stock 200' },
  ];
  const htmlOf = async (count: number) => (await mailServer.came(count))[count - 1]?.html ?? '';
  try {
    await post('/api/channels', { name: 'Team', kind: 'email', to: ['team@shop.example'] });
    await addRule('New in production', { kind: 'new' });
    await addRule('Card trouble', { kind: 'search', search: 'level:>=warning card', in: 'records' });
    const failing = event("Cannot read properties of undefined (reading 'toFixed')", 'ada');
    await send(collector.endpoint, batch([failing], { trail }));
    const issue = await htmlOf(1);
    const values = ['No price', 'No stock', 'No parcel', 'Address is null', 'Wallet is not a function', 'Chat is gone'];
    await send(
      collector.endpoint,
      batch(
        values.map((value, at) => event(value, `user ${at}`)),
        { trail },
      ),
    );
    const rollUp = await htmlOf(2);
    const refused = logRecord({ level: 'warning', logger: 'checkout.payment', text: 'Card refused by the bank' });
    await send(collector.endpoint, batch([], { records: [refused, { ...refused, id: `${refused.id}-2` }] }));
    const record = await htmlOf(3);
    await addRule('Too many errors', { kind: 'share', percent: 5, minutes: 1, floor: 100 });
    const visit = (body: string) => fetch(`${collector.endpoint}/visits`, { method: 'POST', body });
    await visit('100');
    await send(collector.endpoint, batch([{ ...failing, id: `${failing.id}-2`, count: 30 }], { trail }));
    await htmlOf(4);
    await visit('10000');
    return { issue, 'roll-up': rollUp, record, recovery: await htmlOf(5) };
  } finally {
    await collector.close();
    await mailServer.close();
  }
}

/** A mail program has a browser's engine, and no script. */
export async function takeMails(
  browser: Browser,
  folder: string,
  sizes: Record<string, { width: number; height: number }>,
): Promise<void> {
  const mails = await receiveMails();
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [size, viewport] of Object.entries(sizes)) {
      const context = await browser.newContext({ colorScheme, viewport, javaScriptEnabled: false });
      const page = await context.newPage();
      for (const [name, html] of Object.entries(mails)) {
        await page.setContent(html);
        await page.screenshot({ path: `${folder}/mail-${name}-${size}-${colorScheme}.png`, fullPage: true });
      }
      await context.close();
    }
  }
}
