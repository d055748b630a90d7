import { on } from '../lib/on.ts';
import type { AddBreadcrumb } from './trail.ts';

/**
 * Where the user went. The Navigation API tells of every change where it exists; elsewhere `check`, called before each
 * breadcrumb and event, notices what pushState has done, and `history` stays unpatched.
 */
export function installNavigation(win: Window, add: AddBreadcrumb): { _check: () => void; _undo: () => void } {
  let url = '';
  const check = () => {
    if (win.location.href === url) return;
    const from = url;
    url = win.location.href;
    add('navigation', url, from ? { from } : undefined);
  };
  check();
  const { navigation } = win as { navigation?: EventTarget };
  const undo = [on(navigation, 'currententrychange', check), on(win, 'popstate hashchange pageshow', check)];
  return { _check: check, _undo: () => undo.forEach((each) => each()) };
}
