import { describeElement } from '../lib/describe-element.ts';
import { on } from '../lib/on.ts';
import type { Captured, Report } from './captured.ts';

/** Images, scripts, styles and media that failed to load: their `error` events do not bubble, but they can be captured. */
export function fromResourceError(event: globalThis.Event): Captured | undefined {
  const element = event.target as (HTMLImageElement & HTMLLinkElement) | null;
  if (!element?.tagName) return undefined;
  const url = element.currentSrc || element.src || element.href;
  if (!url || typeof url !== 'string') return undefined;
  return {
    mechanism: 'resource',
    exceptions: [{ type: 'ResourceError', value: `${describeElement(element)} failed to load`, frames: [] }],
    request: { method: 'GET', url, failure: 'network' },
  };
}

export const installResourceError = (win: Window, report: Report): (() => void) =>
  on(win, 'error', (event) => report(fromResourceError(event)), true);
