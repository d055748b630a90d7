import type { Event, FailedRequest } from '../protocol/event.ts';

const quarantineMs = 500;

export interface Quarantine {
  /** Passes the event on: at once, or when it is clear that the page stays. */
  _hold: (event: Event, pass: () => void) => void;
  /** Counts how often the page was left and came back: odd while it is being left. */
  _leaves: number;
}

/**
 * Leaving a page cuts its requests off: Firefox tells before `pagehide`, Chromium after, and neither is an error.
 * So failures of the network wait for half a second. Meanwhile the browser may tell that the page's policy blocked it,
 * before or after.
 */
export function createQuarantine(drop: (reason: string) => void): Quarantine {
  /** By what a violation of the policy says, or would say. */
  const held = new Map<Event, string>();
  const quarantine: Quarantine = {
    _leaves: 0,
    _hold(event, pass) {
      const { request, exceptions } = event;
      const value = exceptions[0]?.value ?? '';
      // What Chromium, Firefox and WebKit say when a request or an import was cut off, and we when a policy forbids to connect.
      if (
        request
          ? request.status
          : !/^(Failed to fetch|NetworkError|Load failed|connect-src|.*imported module|Importing a)/.test(value)
      )
        return pass();
      const text = request ? `connect-src blocked ${request.url}` : value;
      for (const [other, said] of held) {
        if (said !== text || !request === !other.request) continue;
        // One report of both: the request's, wherever it came from.
        (Object.assign(other, request && event).request as FailedRequest).failure = 'csp';
        // What is asked for twice is blocked twice.
        held.delete(other);
        return;
      }
      held.set(event, text);
      const before = quarantine._leaves;
      setTimeout(() => {
        held.delete(event);
        if (before & 1 || before !== quarantine._leaves) drop('leaving');
        else pass();
      }, quarantineMs);
    },
  };
  return quarantine;
}
