import type { Batch, BatchAnswer, BatchEvent } from '../../src/protocol/batch.ts';
import type { LogRecord } from '../../src/protocol/log-record.ts';

let lastId = 0;

/** An event as a page would send it, with an id of its own. */
export function batchEvent(fields: Partial<BatchEvent> = {}): BatchEvent {
  return {
    id: `event-${process.pid}-${String(++lastId).padStart(12, '0')}`,
    at: Date.now(),
    exceptions: [{ type: 'Error', value: 'Out of stock', stack: 0 }],
    ...fields,
  };
}

/** A batch around events, whose stack 0 is `addToCart` in `shop.js`. */
export function batch(events: BatchEvent[], fields: Partial<Batch> = {}): Batch {
  return {
    version: 1,
    sdk: { name: 'test', version: '1.0.0' },
    sentAt: Date.now(),
    release: '1.0.0',
    environment: 'test',
    browser: { name: 'Firefox', version: '140.0' },
    os: { name: 'Linux' },
    page: { url: 'https://shop.example/cart' },
    files: ['https://shop.example/shop.js'],
    frames: [
      ['addToCart', 0, 12, 5],
      ['onClick', 0, 40, 3],
    ],
    stacks: [[0, 1]],
    events,
    ...fields,
  };
}

export interface Sent {
  status: number;
  answer: BatchAnswer;
  headers: Headers;
}

/** Sends a batch, or any other body, as a page would. */
export async function send(
  endpoint: string,
  body: Batch | string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    body: isRaw ? (body as BodyInit) : JSON.stringify(body),
  });
  return { status: response.status, answer: (await response.json()) as BatchAnswer, headers: response.headers };
}

/** A record of a log, with an id of its own. */
export function logRecord(fields: Partial<LogRecord> = {}): LogRecord {
  return {
    id: `record-${process.pid}-${String(++lastId).padStart(12, '0')}`,
    at: Date.now(),
    level: 'info',
    logger: 'shop',
    text: 'The cart was opened',
    ...fields,
  };
}
