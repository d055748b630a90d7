import { startChromium } from '../../helpers/browsers/chromium.ts';
import { startShop, startSink, type Reporter } from '../page/stage.ts';

const errors = 100;

export interface Sent {
  reporter: string;
  /** Different errors that arrived, of 100. */
  delivered: number;
  requests: number;
  /** Bytes of all bodies, for each error that arrived. */
  bytesPerEvent: number;
}

/** 100 different errors in one task, after 50 clicks; then the page is left, for those who wait until then. */
export async function measureSent(reporters: Reporter[]): Promise<Sent[]> {
  const sink = await startSink();
  const shop = await startShop(reporters, sink.url);
  const browser = await startChromium();
  const sent: Sent[] = [];
  try {
    for (const [index, { name }] of reporters.entries()) {
      const session = await browser.newSession();
      const page = await session.newPage();
      await page.navigate(`${shop.url}/${index}`);
      await sink.quiet();
      await page.run(`Promise.resolve(walk(50)).then(() => '')`, 30_000);
      sink.forget();
      await page.run(`Promise.resolve(burstInOneTask(${errors})).then(() => '')`, 30_000);
      await sink.quiet(4_000);
      await page.navigate('about:blank');
      await sink.quiet();
      await session.close();
      const text = sink.bodies.map((body) => body.text).join('\n');
      const delivered = new Set(text.match(/cannot read the price of item \d+/g)).size;
      const bytes = sink.bodies.reduce((sum, body) => sum + body.bytes, 0);
      sent.push({ reporter: name, delivered, requests: sink.bodies.length, bytesPerEvent: bytes / delivered });
    }
  } finally {
    await browser.close();
    await shop.close();
    await sink.close();
  }
  return sent;
}
