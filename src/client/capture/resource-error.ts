import { describeElement } from '../lib/describe-element.ts';
import type { Captured } from './captured.ts';

export type Resource = HTMLImageElement & HTMLScriptElement & HTMLLinkElement;

/** Images, scripts, styles and media that failed to load. */
export function fromResourceError(element: Resource): Captured | undefined {
  const url = element.currentSrc || element.src || element.href;
  if (!url || typeof url !== 'string') return undefined;
  return {
    mechanism: 'resource',
    _type: element.type === 'module' ? 'ChunkLoadError' : 'ResourceError',
    _value: `${describeElement(element)} failed to load`,
    request: { method: 'GET', url, failure: 'network' },
  };
}
