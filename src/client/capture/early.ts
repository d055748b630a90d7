import type { Captured, Report } from './captured.ts';

/** What the inline snippet leaves: the events themselves, so that no error object is lost. */
export interface EarlyWindow {
  pagefaultEarly?: globalThis.Event[];
}

/** Reports what happened before the reporter arrived, once, and silences the snippet. */
export function drainEarly(
  win: Window,
  sources: Record<string, (event: never) => Captured | undefined>,
  report: Report,
): void {
  const { pagefaultEarly: early } = win as EarlyWindow;
  for (const event of early?.splice(0) ?? []) {
    const captured = sources[event.target === win ? event.type : 'resource']?.(event as never);
    // Event times count from the page's start.
    if (captured) captured.at = Math.round(win.performance.timeOrigin + event.timeStamp);
    report(captured);
  }
  if (early) early.push = () => 0;
}
