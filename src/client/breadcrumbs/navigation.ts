import { on } from '../lib/on.ts';
import { win } from '../lib/win.ts';
import type { Trail } from './trail.ts';

/**
 * Where the user went. The Navigation API tells of every change where it exists; elsewhere, and where the document is
 * none that it knows, a look at the address before each breadcrumb and event notices what pushState has done, and
 * `history` stays unpatched.
 */
export function installNavigation(trail: Trail): () => void {
  let url = '';
  const check = () => {
    const from = url;
    url = location.href;
    if (from !== url) trail._add('navigation', url, from ? { from } : undefined);
  };
  const { navigation } = win as { navigation?: EventTarget & { currentEntry: unknown } };
  trail._onAdd = navigation?.currentEntry ? undefined : check;
  check();
  return on(navigation ?? win, 'currententrychange popstate hashchange', check);
}
