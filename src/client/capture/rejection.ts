import { on } from '../lib/on.ts';
import type { Captured, Report } from './captured.ts';

/** Some promise libraries put promise and reason into `detail`. */
export function fromRejection(event: PromiseRejectionEvent): Captured {
  const { detail } = event as unknown as { detail?: { reason?: unknown } };
  return { mechanism: 'onunhandledrejection', thrown: ['reason' in event ? event.reason : detail?.reason] };
}

export const installRejection = (win: Window, report: Report): (() => void) =>
  on<PromiseRejectionEvent>(win, 'unhandledrejection', (event) => report(fromRejection(event)));
