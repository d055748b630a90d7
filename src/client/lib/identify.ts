import type { Event } from '../../protocol/event.ts';

/** What makes two events of one page the same: repeats are counted, not sent again. */
export const identify = (event: Event): string =>
  JSON.stringify([
    event.mechanism,
    event.fingerprint,
    event.message,
    event.request?.url,
    event.exceptions.map(({ type, value, frames: [frame] }) => [type, value, frame]),
  ]);
