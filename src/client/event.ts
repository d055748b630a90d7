import type { Event, Exception, Frame } from '../protocol/event.ts';
import type { Captured } from './capture/captured.ts';

type ParseStack = (stack: unknown, message: unknown) => Frame[];
type ToExceptions = (thrown: unknown, parseStack: ParseStack) => Exception[];

/** How many frames of the stack at a request are our own: the two that made it, and the trap that called them. */
const ownFrames = 3;

/** What was captured, as an event that does not know its page yet. */
export function toEvent(captured: Captured, id: string, parseStack: ParseStack, toExceptions: ToExceptions): Event {
  const {
    thrown,
    exceptions = thrown ? toExceptions(thrown[0], parseStack) : [],
    place,
    site,
    requestError,
    ...rest
  } = captured;
  const [first] = exceptions;
  if (first && !first.frames.length) {
    if (site) first.frames = parseStack(site.stack, '').slice(ownFrames);
    else if (place?.lineno) first.frames = [place];
  }
  void requestError;
  return { id, at: Date.now(), level: 'error', handled: false, count: 1, breadcrumbs: [], exceptions, ...rest };
}
