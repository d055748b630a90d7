import { on } from '../lib/on.ts';
import { win } from '../lib/win.ts';
import type { Trail } from './trail.ts';

/**
 * Where the user went. The Navigation API tells of every change where it exists; elsewhere a look at the address before
 * each breadcrumb and event notices what pushState has done, and `history` stays unpatched.
 */
export function installNavigation(trail: Trail): () => void {
  let url = '';
  const check = () => {
    const from = url;
    url = location.href;
    if (from !== url) trail._add('navigation', url, from ? { from } : undefined);
  };
  trail._onAdd = check;
  check();
  const { navigation } = win as { navigation?: EventTarget };
  return on(navigation ?? win, 'currententrychange popstate hashchange', check);
}
