import type { Frame } from '../../protocol/event.ts';
import { on } from '../lib/on.ts';
import type { Captured, Report } from './captured.ts';

// `Uncaught TypeError: text` (Chromium), `TypeError: text` (Firefox, WebKit), `uncaught exception: text` (Firefox).
const words = /^(?:uncaught (?:exception: )?)?(?:([\w.]*(?:Error|Exception)): )?([^]*)$/i;

/** What an ErrorEvent tells. Its `error` is null for masked scripts, workers, ResizeObserver, and for `throw null`. */
export function fromErrorEvent({ error, message, filename, lineno, colno }: ErrorEvent): Captured {
  const place: Frame = {};
  if (filename) place.filename = filename;
  if (lineno) place.lineno = lineno;
  if (colno) place.colno = colno;
  const captured: Captured = { mechanism: 'onerror', place };
  const [, type, value = ''] = words.exec(message) ?? [];
  if (error != null || value === String(error)) captured.thrown = [error];
  else captured.exceptions = [{ type: type ?? 'Error', value, frames: [] }];
  return captured;
}

export const installGlobalError = (win: Window, report: Report): (() => void) =>
  on<ErrorEvent>(win, 'error', (event) => {
    if (event.target === win) report(fromErrorEvent(event));
  });
