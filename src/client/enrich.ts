import type { Context, Page } from '../protocol/event.ts';
import { limits } from '../protocol/limits.ts';

type Connection = { effectiveType?: string };

/** What does not change while the page lives: read once, because time zones are slow to ask for. */
function describeMachine({ navigator, screen }: Window): Omit<Page, 'url'> {
  return {
    screen: [screen.width, screen.height],
    language: navigator.language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    memory: (navigator as { deviceMemory?: number }).deviceMemory as number,
  };
}

/** Adds the page as it is now. Undefined values do not travel. */
export function createEnrich(win: Window): (leaving: boolean) => Pick<Context, 'page'> {
  let machine: Omit<Page, 'url'> | undefined;
  return (leaving) => {
    const { document, navigator, location } = win;
    machine ??= describeMachine(win);
    const page: Page = {
      ...machine,
      url: location.href.slice(0, limits.url),
      title: document.title.slice(0, limits.label),
      referrer: document.referrer.slice(0, limits.url),
      viewport: [win.innerWidth, win.innerHeight],
      pixelRatio: win.devicePixelRatio,
      visibility: document.visibilityState,
      online: navigator.onLine,
      connection: (navigator as { connection?: Connection }).connection?.effectiveType as string,
    };
    if (leaving) page.leaving = true;
    return { page };
  };
}
