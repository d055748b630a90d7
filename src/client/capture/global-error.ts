import { on } from '../lib/on.ts';
import type { Captured, Report } from './captured.ts';

// `Uncaught TypeError: text` (Chromium), `TypeError: text` (Firefox, WebKit), `uncaught exception: text` (Firefox).
const words = /^(?:uncaught (?:exception: )?)?(?:([\w.]*(?:Error|Exception)): )?([^]*)/i;

/** What an ErrorEvent tells. Its `error` is null for masked scripts, workers, ResizeObserver, and for `throw null`. */
export function fromErrorEvent({ error, message, filename, lineno, colno }: ErrorEvent): Captured {
  const [, type = 'Error', value = ''] = words.exec(message) ?? [];
  return {
    mechanism: 'onerror',
    _place: { filename, lineno, colno },
    ...(error != null || value === String(error)
      ? { _thrown: [error] }
      : { exceptions: [{ type, value, frames: [] }] }),
  };
}

export const installGlobalError = (win: Window, report: Report): (() => void) =>
  on<ErrorEvent>(win, 'error', (event) => {
    if (event.target === win) report(fromErrorEvent(event));
  });
