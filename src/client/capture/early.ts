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
  toTime: (timeStamp: number) => number,
): void {
  const early = (win as EarlyWindow).pagefaultEarly;
  if (!early) return;
  for (const event of early.splice(0)) {
    const name = event.target !== win ? 'resource' : event.type;
    const captured = sources[name]?.(event as never);
    if (captured) report({ ...captured, at: toTime(event.timeStamp) });
  }
  early.push = () => 0;
}
