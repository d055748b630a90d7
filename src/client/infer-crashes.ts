import type { Report } from './capture/captured.ts';
import { attempt } from './lib/attempt.ts';
import { createId } from './lib/id.ts';
import { now } from './lib/now.ts';
import { on } from './lib/on.ts';
import { onLeaving } from './lib/on-leaving.ts';
import { win } from './lib/win.ts';

/** In the tab's storage it names the page, in that of all tabs it marks a page that is seen. */
const prefix = 'pagefault-seen:';
const dayMs = 86_400_000;

/**
 * Marks a page while it is seen, and reports that the page which this tab had before ended without being hidden or left.
 * The tab's own storage says which page that was: a restored session brings it back, a cloned tab has a copy of it; but
 * who quits, clones, discards or puts away hides the page, and that takes its mark away. Returns what ends it.
 *
 * Chromium tells of crashes by itself. Frames share the tab's storage with their page, and windows that a page opens begin
 * with a copy of it: both could take the mark of the other for that of a page that has ended.
 */
export function inferCrashes(report: Report): () => void {
  if ('crashReport' in win || win.opener || win.parent !== win) return () => {};
  const undo = attempt(() => {
    const { sessionStorage: tab, localStorage: all } = win;
    const last = tab.getItem(prefix);
    if (last && all.getItem(last)) report({ mechanism: 'crash', level: 'critical', message: 'tab crashed (inferred)' });
    for (const key of Object.keys(all)) {
      const isOver = key === last || now() - Number(all.getItem(key)) > dayMs;
      if (key.startsWith(prefix) && isOver) all.removeItem(key);
    }
    const own = prefix + createId();
    tab.setItem(prefix, own);
    const hide = () => all.removeItem(own);
    const see = () => (document.hidden ? hide() : all.setItem(own, String(now())));
    see();
    return [onLeaving(hide), on(win, 'pageshow visibilitychange', see), hide];
  });
  return () => undo?.forEach((each) => attempt(each));
}
