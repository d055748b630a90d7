import type { BatchEvent } from '../../src/protocol/batch.ts';
import { batch, batchEvent, send } from './batches.ts';

const hourMs = 3_600_000;
const browsers = ['Chrome 142.0', 'Safari 26.1', 'Firefox 145.0', 'Edge 142.0', 'Samsung Internet 29.0'];
const systems = ['Windows', 'macOS', 'Android', 'iOS', 'Linux'];
const pages = ['/cart', '/checkout', '/pot/moon-jar', '/', '/account/orders', '/search'];
const bugs: [type: string, value: string, fn: string, releases: string[]][] = [
  ['TypeError', "Cannot read properties of undefined (reading 'price')", 'sumUp', ['shop@2.3.0', 'shop@2.4.0']],
  ['Error', 'Payment was declined by the gateway', 'pay', ['shop@2.3.0', 'shop@2.4.0', 'shop@2.4.1']],
  ['RangeError', 'Invalid array length', 'fillShelf', ['shop@2.3.0']],
  ['ReferenceError', 'gtag is not defined', 'track', ['shop@2.4.0', 'shop@2.4.1']],
  ['TypeError', 'event.target.closest is not a function', 'onClick', ['shop@2.4.1']],
  ['SyntaxError', 'Unexpected token < in JSON at position 0', 'readReviews', ['shop@2.4.1']],
];

/** Days of a site that is used and breaks now and then, so that pages about time have something to show. */
export async function sendPast(endpoint: string): Promise<void> {
  const now = Date.now();
  for (let hour = 0; hour < 5 * 24; hour += 2) {
    const at = now - hour * hourMs;
    const release = hour > 60 ? 'shop@2.3.0' : hour > 12 ? 'shop@2.4.0' : 'shop@2.4.1';
    const fitting = bugs.filter(([, , , releases]) => releases.includes(release));
    // Busy by day, quiet by night, and busier than usual this morning.
    const busy = 2 + Math.round(4 * Math.sin(((at / hourMs) % 24) / 4) ** 2) + (hour < 4 ? 14 : 0);
    const events: BatchEvent[] = fitting.map(([type, value], nth) =>
      batchEvent({
        at: at - nth * 1_000,
        count: Math.max(1, busy - nth * 2),
        exceptions: [{ type, value, stack: nth }],
      }),
    );
    await send(
      endpoint,
      batch(events, {
        release,
        environment: 'production',
        browser: named(browsers[hour % browsers.length] ?? ''),
        os: { name: systems[hour % systems.length] ?? '' },
        page: { url: `https://shop.example${pages[(hour / 2) % pages.length] ?? '/'}` },
        user: { id: `user-${hour % 17}` },
        frames: fitting.map(([, , fn], nth) => [fn, 0, 1, 100 * nth + 7]),
        stacks: fitting.map((_, nth) => [nth]),
        dropped: { 'resize-observer': 3, extension: 1 + (hour % 3) },
      }),
    );
  }
}

function named(text: string): { name: string; version: string } {
  const at = text.lastIndexOf(' ');
  return { name: text.slice(0, at), version: text.slice(at + 1) };
}
