import type { Event } from '../protocol/event.ts';

const quarantineMs = 500;

// What Chromium, Firefox and WebKit say when a request or an import was cut off.
const words = /^(Failed to fetch|NetworkError|Load failed|.*imported module|Importing a)/;

const isNetworkFailure = ({ request, exceptions: [first] }: Event) =>
  request ? !request.status : words.test(first?.value ?? '');

export interface Quarantine {
  /** Passes the event on: at once, or when it is clear that the page stays. */
  _hold: (event: Event, pass: () => void) => void;
  /** The page is being left, or (false) it came back. */
  _setLeaving: (isLeaving: boolean) => void;
  _isLeaving: boolean;
}

/**
 * Leaving a page cuts its requests off: Firefox tells before `pagehide`, Chromium after, and neither is an error.
 * So failures of the network wait for half a second.
 */
export function createQuarantine(drop: (reason: string) => void): Quarantine {
  let leaves = 0;
  const quarantine: Quarantine = {
    _isLeaving: false,
    _setLeaving(isLeaving) {
      quarantine._isLeaving = isLeaving;
      leaves += +isLeaving;
    },
    _hold(event, pass) {
      if (!isNetworkFailure(event)) return pass();
      const before = quarantine._isLeaving || leaves;
      setTimeout(() => (before === leaves ? pass() : drop('leaving')), quarantineMs);
    },
  };
  return quarantine;
}
