import { attempt, guard } from '../lib/attempt.ts';
import { now } from '../lib/now.ts';
import { on } from '../lib/on.ts';
import { win } from '../lib/win.ts';
import { isOff } from '../options.ts';
import type { Options } from '../options.ts';
import type { Captured, Report } from './captured.ts';
import { fromViolation } from './csp.ts';
import { fromErrorEvent } from './global-error.ts';
import { fromResourceError } from './resource-error.ts';
import type { Resource } from './resource-error.ts';

/** What the inline snippet leaves: the events themselves, so that no error object is lost. */
export interface EarlyWindow {
  pagefaultEarly?: globalThis.Event[];
}

function capture(event: globalThis.Event, options: Options, onForbidden: () => void): Captured | undefined {
  const { target } = event as { target: unknown };
  if ('reason' in event) return { mechanism: 'onunhandledrejection', thrown: [event.reason] };
  if ('disposition' in event)
    return fromViolation(event as SecurityPolicyViolationEvent, options.endpoint, onForbidden);
  if ((target as Window).window === target) return fromErrorEvent(event as ErrorEvent);
  return isOff(options.resources) ? undefined : fromResourceError(target as Resource);
}

/** Reports what the page's window tells, and first what it told before the reporter arrived. */
export function installWindowEvents(
  options: Options,
  report: Report,
  onHandled: (promise: object) => void,
  onForbidden: () => void,
): () => void {
  const listener = guard((event: globalThis.Event & Partial<PromiseRejectionEvent>) => {
    if (event.type === 'rejectionhandled') return onHandled(event.promise as object);
    const captured = capture(event, options, onForbidden);
    // Event times count from the page's start, by a clock that may have slept.
    if (!captured) return;
    const at = now() + ~~(event.timeStamp - win.performance.now());
    report({ ...captured, at }, undefined, event.promise);
  });
  attempt(() => (win as EarlyWindow).pagefaultEarly?.splice(0).forEach(listener));
  return on(win, 'error unhandledrejection rejectionhandled securitypolicyviolation', listener);
}
