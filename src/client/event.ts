import type { Event } from '../protocol/event.ts';
import type { Captured } from './capture/captured.ts';
import { findDebugIds } from './debug-ids.ts';
import { toExceptions } from './exception.ts';
import { now } from './lib/now.ts';
import { parseStack } from './stack.ts';

/** What an event is unless it says something else; so it does not travel. */
export const defaults = { level: 'error', mechanism: 'onerror', handled: false, count: 1 } as const;

/** What was captured, as an event that does not know its page yet. */
export function toEvent(
  { thrown, _place, _site, _type: type = '', _value: value, ...rest }: Captured,
  id: string,
): Event {
  const exceptions = thrown ? toExceptions(thrown[0]) : value != null ? [{ type, value, frames: [] }] : [];
  const first = exceptions[0];
  if (first && !first.frames.length) {
    // The first frame is the patch that made the stack.
    if (_site) first.frames = parseStack(_site.stack, '').slice(1);
    else if (_place?.lineno) first.frames = [_place];
  }
  const debugIds = findDebugIds(exceptions);
  return { ...defaults, id, at: now(), breadcrumbs: [], exceptions, debugIds, ...rest };
}
