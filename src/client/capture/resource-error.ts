import { describeElement } from '../lib/describe-element.ts';
import type { Captured } from './captured.ts';

/** Images, scripts, styles and media that failed to load. */
export function fromResourceError(element: HTMLImageElement & HTMLLinkElement): Captured | undefined {
  const url = element.currentSrc || element.src || element.href;
  if (!url || typeof url !== 'string') return undefined;
  return {
    mechanism: 'resource',
    exceptions: [{ type: 'ResourceError', value: `${describeElement(element)} failed to load`, frames: [] }],
    request: { method: 'GET', url, failure: 'network' },
  };
}
