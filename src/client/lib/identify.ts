import type { Event } from '../../protocol/event.ts';

/** What makes two events of one page the same: repeats are counted, not sent again. */
export function identify({ mechanism, level, exceptions, message, request, fingerprint }: Event): string {
  return JSON.stringify([
    mechanism,
    level,
    fingerprint,
    message,
    request?.url,
    exceptions.map(({ type, value, frames }) => [type, value, frames.slice(0, 3)]),
  ]);
}
