import type { ShownFrame } from '../../protocol/api.ts';
import { urlPattern, withoutHash } from './parametrize.ts';

/** Where it happened, without line and column: those change with every release. */
export interface Anchor {
  file: string;
  /** Empty for anonymous functions and code outside of functions. */
  function: string;
}

/** The first frame of the site's own code: a bug in a package is a different bug for each caller. */
export function anchorOf(frames: ShownFrame[]): Anchor | undefined {
  const frame = frames.find(({ inApp }) => inApp);
  if (!frame) return undefined;
  return { file: fileName(frame.filename ?? ''), function: functionName(frame.function ?? '') };
}

/** A script is known by its last path segment; code inside a page by the page's path. */
export function fileName(url: string): string {
  const path = url.replace(/[?#].*$/s, '');
  const last = path.slice(path.lastIndexOf('/') + 1);
  if (/\.(?:[cm]?[jt]sx?|vue|svelte|wasm)$/i.test(last)) return withoutHash(last);
  return urlPattern(url).replace(/^[^/]*/, '') || '/';
}

/** A function's name as all engines would tell it: V8 puts the object in front, SpiderMonkey marks nested functions. */
export function functionName(name: string): string {
  const plain = name
    .replace(/^(?:async |new |get |set |static )+/, '')
    .replace(/ \[as [^\]]*\]$/, '')
    .replace(/\(.*$/s, '');
  if (/[/<]$/.test(plain) || /^(?:global|module|eval) code$|^anonymous$|^\?$|^<.*>$/.test(plain)) return '';
  return plain.slice(plain.lastIndexOf('.') + 1).replace(/^.*\//, '');
}
