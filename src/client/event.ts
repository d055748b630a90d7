import type { Event, Exception, Frame } from '../protocol/event.ts';
import type { Captured } from './capture/captured.ts';

interface Parts {
  toExceptions: (thrown: unknown) => Exception[];
  parseStack: (stack: unknown, message: unknown) => Frame[];
  newId: () => string;
  now: () => number;
}

/** How many frames of the stack at a request are our own: the watcher, and the trap that called it. */
const ownFrames = 2;

/** What was captured, as an event that does not know its page yet. */
export function toEvent(captured: Captured, { toExceptions, parseStack, newId, now }: Parts): Event {
  const { mechanism, thrown, place, message, request, level, site } = captured;
  const exceptions = captured.exceptions ?? (thrown ? toExceptions(thrown[0]) : []);
  if (request && !exceptions.length) {
    const frames = parseStack(site?.stack, '').slice(ownFrames);
    exceptions.push({ type: 'RequestError', value: describeFailure(request), frames });
  }
  const [first] = exceptions;
  if (first && !first.frames.length && place?.lineno) first.frames = [place];
  const event: Event = {
    id: newId(),
    at: captured.at ?? now(),
    level: level ?? 'error',
    mechanism,
    handled: captured.handled ?? false,
    exceptions,
    breadcrumbs: [],
    count: 1,
  };
  if (message) event.message = message;
  if (request) event.request = request;
  return event;
}

const describeFailure = ({ method, url, status, failure }: NonNullable<Captured['request']>) =>
  `${method} ${url.replace(/[?#].*/, '')} ${status ? `answered ${status}` : `failed: ${failure}`}`;
