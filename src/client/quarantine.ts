import type { Event } from '../protocol/event.ts';

const quarantineMs = 500;

// What Chromium, Firefox and WebKit say when a request or an import was cut off.
const isNetworkFailure = ({ request, exceptions: [first] }: Event) =>
  request
    ? !request.status
    : /^(Failed to fetch|NetworkError when|Load failed|.*dynamically imported module|Importing a module)/.test(
        first?.value ?? '',
      );

export interface Quarantine {
  /** Passes the event on, at once or when it is clear that the page stays. */
  _hold: (event: Event, pass: (event: Event) => void) => void;
  /** The page is being left, or (false) it came back. */
  _leave: (isLeaving: boolean) => void;
  _release: () => void;
}

/**
 * Leaving a page cuts its requests off: Firefox tells before `pagehide`, Chromium after, and neither is an error.
 * So failures of the network wait for half a second.
 */
export function createQuarantine(
  win: Pick<Window, 'setTimeout'>,
  drop: (reason: string, count: number) => void,
): Quarantine {
  let hasLeft = false;
  const held = new Map<Event, (event: Event) => void>();
  const release = (event: Event) => {
    const pass = held.get(event);
    held.delete(event);
    pass?.(event);
  };
  return {
    _hold(event, pass) {
      if (!isNetworkFailure(event)) pass(event);
      else if (hasLeft) drop('leaving', 1);
      else {
        held.set(event, pass);
        win.setTimeout(() => release(event), quarantineMs);
      }
    },
    _leave(isLeaving) {
      hasLeft = isLeaving;
      if (isLeaving && held.size) drop('leaving', held.size);
      if (isLeaving) held.clear();
    },
    _release: () => [...held.keys()].forEach(release),
  };
}
