import type { Captured } from './captured.ts';

// `Uncaught TypeError: text` (Chromium), `TypeError: text` (Firefox, WebKit), `uncaught exception: text` (Firefox).
const prefix = /^uncaught (exception: )?/i;

/**
 * What an ErrorEvent tells. Its `error` is null for masked scripts, workers, ResizeObserver, and for `throw null`. The
 * collector takes the type from the text.
 */
export function fromErrorEvent({ error, message, filename, lineno, colno }: ErrorEvent): Captured {
  const value = message.replace(prefix, '');
  return {
    mechanism: 'onerror',
    _place: { filename, lineno, colno },
    ...(error != null || value === String(error) ? { thrown: [error] } : { _value: value }),
  };
}
