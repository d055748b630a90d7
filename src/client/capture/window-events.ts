import { attempt, guard } from '../lib/attempt.ts';
import { now } from '../lib/now.ts';
import { on } from '../lib/on.ts';
import { win } from '../lib/win.ts';
import type { Captured, Report } from './captured.ts';
import { fromErrorEvent } from './global-error.ts';
import { fromResourceError } from './resource-error.ts';
import { awaitWorker } from './workers.ts';

/** What the inline snippet leaves: the events themselves, so that no error object is lost. */
export interface EarlyWindow {
  pagefaultEarly?: globalThis.Event[];
}

const capture = (event: globalThis.Event, hasResources: boolean): Captured | undefined => {
  const target = event.target as unknown;
  if (event.type !== 'error')
    return { mechanism: 'onunhandledrejection', thrown: [(event as PromiseRejectionEvent).reason] };
  if (target === win) return fromErrorEvent(event as ErrorEvent);
  return hasResources ? fromResourceError(target as HTMLImageElement & HTMLLinkElement) : undefined;
};

/** Reports what a window tells of itself, and first what it told before the reporter arrived. */
export function installWindowEvents(hasResources: boolean, report: Report): () => void {
  const listener = guard((event: globalThis.Event) => {
    const captured = capture(event, hasResources);
    // Event times count from the page's start, by a clock that may have slept.
    if (!captured) return;
    const at = Math.round(now() + event.timeStamp - win.performance.now());
    awaitWorker(event as ErrorEvent, () => report({ ...captured, at }));
  });
  attempt(() => {
    const { pagefaultEarly: early } = win as EarlyWindow;
    early?.splice(0).forEach(listener);
    if (early) early.push = () => 0;
  });
  return on(win, 'error unhandledrejection', listener);
}
