import { describeElement } from '../lib/describe-element.ts';
import type { Captured } from './captured.ts';

export type Resource = HTMLImageElement & HTMLScriptElement & HTMLLinkElement;

/** Images, scripts, styles and media that failed to load. */
export function fromResourceError(target: Resource): Captured | undefined {
  const url = target.currentSrc || target.src || target.href;
  if (!url?.[0]) return undefined;
  return {
    mechanism: 'resource',
    _type: target.type === 'module' ? 'ChunkLoadError' : 'ResourceError',
    _value: `${describeElement(target)} failed to load`,
    request: { method: 'GET', url, failure: 'network' },
  };
}
