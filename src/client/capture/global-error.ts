import type { Captured } from './captured.ts';

// `Uncaught TypeError: text` (Chromium), `TypeError: text` (Firefox, WebKit), `uncaught exception: text` (Firefox).
const words = /^(?:uncaught (?:exception: )?)?(?:([\w.]*(?:Error|Exception)): )?([^]*)/i;

/** What an ErrorEvent tells. Its `error` is null for masked scripts, workers, ResizeObserver, and for `throw null`. */
export function fromErrorEvent({ error, message, filename, lineno, colno }: ErrorEvent): Captured {
  const [, type = 'Error', value = ''] = words.exec(message) ?? [];
  return {
    mechanism: 'onerror',
    _place: { filename, lineno, colno },
    ...(error != null || value === String(error) ? { thrown: [error] } : { _type: type, _value: value }),
  };
}
