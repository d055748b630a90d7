import type { Event, Exception } from '../../src/protocol/event.ts';

let lastId = 0;

/** An event as the stages of the reporter see it. */
export function clientEvent(fields: Partial<Event> = {}, exception: Partial<Exception> = {}): Event {
  return {
    id: `client-event-${String(++lastId).padStart(6, '0')}`,
    at: 1_800_000_000_000 + lastId,
    level: 'error',
    mechanism: 'onerror',
    handled: false,
    exceptions: [
      {
        type: 'Error',
        value: 'boom',
        frames: [{ function: 'buy', filename: 'https://shop.example/shop.js', lineno: 1, colno: 2 }],
        ...exception,
      },
    ],
    breadcrumbs: [],
    count: 1,
    session: 'session-of-the-page',
    page: { url: 'https://shop.example/cart' },
    ...fields,
  };
}
