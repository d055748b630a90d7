import type { Event } from '../../protocol/event.ts';

/** What makes two events of one page the same: repeats are counted, not sent again. */
export const identify = ({ mechanism, exceptions, message, request, fingerprint }: Event): string =>
  JSON.stringify([
    mechanism,
    fingerprint,
    message,
    request?.url,
    exceptions.map(({ type, value, frames: [frame] }) => [type, value, frame]),
  ]);
