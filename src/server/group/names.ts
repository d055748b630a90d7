import { remember } from '../lib/remember.ts';
import { urlPattern, withoutHash } from './url-pattern.ts';

/** A script is known by its last path segment; code inside a page by the page's path. */
export const fileName = remember((url) => {
  const path = url.replace(/[?#].*$/s, '');
  const last = path.slice(path.lastIndexOf('/') + 1);
  if (/\.(?:[cm]?[jt]sx?|vue|svelte|wasm)$/i.test(last)) return withoutHash(last);
  return urlPattern(url).replace(/^[^/]*/, '') || '/';
});

/** A function's name as all engines would tell it: V8 puts the object in front, SpiderMonkey marks nested functions. */
export const functionName = remember((name) => {
  const plain = name
    .replace(/^(?:async |new |get |set |static )+/, '')
    .replace(/ \[as [^\]]*\]$/, '')
    .replace(/\(.*$/s, '');
  if (/[/<]$/.test(plain) || /^(?:global|module|eval) code$/.test(plain)) return '';
  const last = plain.slice(plain.lastIndexOf('.') + 1).replace(/^.*\//, '');
  return /^(?:async|anonymous|\?|<.*>)$/.test(last) ? '' : last;
}, 5_000);
