import type { Captured } from './captured.ts';

/**
 * What an ErrorEvent tells. Its `error` is null for masked scripts, workers, ResizeObserver, and for `throw null`. The
 * collector takes the type from the text.
 */
export function fromErrorEvent(event: ErrorEvent): Captured {
  const { error } = event;
  // `Uncaught TypeError: text` (Chromium), `TypeError: text` (Firefox, WebKit), `uncaught exception: text` (Firefox).
  const value = event.message.replace(/^uncaught (exception: )?/i, '');
  return {
    mechanism: 'onerror',
    _place: { filename: event.filename, lineno: event.lineno, colno: event.colno },
    ...(error != null || value === `${error}` ? { thrown: [error] } : { _value: value }),
  };
}
