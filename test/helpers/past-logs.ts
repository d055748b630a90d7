import type { BatchEvent } from '../../src/protocol/batch.ts';
import type { Level } from '../../src/protocol/event.ts';
import { batch, batchEvent, logRecord, send } from './batches.ts';

const lines: [level: Level, logger: string, text: string, data?: Record<string, unknown>][] = [
  ['debug', 'shop.router', 'Shown', { path: '/cart', ms: 12 }],
  ['info', 'shop.cart', 'Tea bowl was added', { pot: 'tea-bowl', quantity: 2, price: { amount: 48, currency: 'EUR' } }],
  ['notice', 'checkout', 'Checkout begun', { items: 3 }],
  ['info', 'checkout.address', 'Address taken from the last order'],
  ['warning', 'checkout.payment', 'Payment takes long', { durationMs: 4200, attempt: 2 }],
  ['error', 'checkout.payment', 'Card refused', { code: 'insufficient_funds', orderId: 'A-4711' }],
  ['trace', 'shop.prices', 'Prices asked for', { count: 24 }],
  ['info', 'shop.search', 'Searched for "raku", 7 found', { words: 'raku', found: 7 }],
  ['critical', 'checkout.stock', 'Stock and orders disagree', { pot: 'ginger-jar', stock: -1 }],
];

/** Some visits to a shop, each with what it logged, and in some an error among it. Answers the session of the last. */
export async function sendPastLogs(endpoint: string, visits = 12): Promise<string> {
  const now = Date.now();
  for (let visit = 0; visit < visits; visit++) {
    const begin = now - (visits - visit) * 95_000;
    const records = lines
      .filter((_, index) => (index + visit) % 4 > 0 || visit === visits - 1)
      .map(([level, logger, text, data], index) =>
        logRecord({ level, logger, text, at: begin + index * 3_217, ...(data && { data }) }),
      );
    const events: BatchEvent[] =
      visit % 3 === 2
        ? [batchEvent({ at: begin + 17_000, exceptions: [{ type: 'TypeError', value: 'order is null', stack: 0 }] })]
        : [];
    await send(
      endpoint,
      batch(events, {
        records,
        session: `visit-${visit}-of-the-shop`,
        release: 'shop@2.4.1',
        environment: 'production',
        user: { id: `u${40 + visit}` },
        page: { url: 'https://shop.example/checkout?step=2', title: 'Checkout' },
        tags: { plan: 'gold' },
      }),
    );
  }
  return `visit-${visits - 1}-of-the-shop`;
}
