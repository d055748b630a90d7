import type { Event, Exception, Frame } from '../protocol/event.ts';
import type { Captured } from './capture/captured.ts';
import { findDebugIds } from './debug-ids.ts';
import { now } from './lib/now.ts';

type ParseStack = (stack: unknown, message: unknown) => Frame[];
type ToExceptions = (thrown: unknown, parseStack: ParseStack) => Exception[];

/** What was captured, as an event that does not know its page yet. */
export function toEvent(
  { thrown, _place, _site, exceptions = [], ...rest }: Captured,
  id: string,
  parseStack: ParseStack,
  toExceptions: ToExceptions,
): Event {
  if (thrown) exceptions = toExceptions(thrown[0], parseStack);
  const [first] = exceptions;
  if (first && !first.frames.length) {
    // The first frame is the patch that made the stack.
    if (_site) first.frames = parseStack(_site.stack, '').slice(1);
    else if (_place?.lineno) first.frames = [_place];
  }
  const debugIds = findDebugIds(exceptions);
  return { id, at: now(), level: 'error', handled: false, count: 1, breadcrumbs: [], exceptions, debugIds, ...rest };
}
