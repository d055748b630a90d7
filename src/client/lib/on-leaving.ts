import { on } from './on.ts';
import { win } from './win.ts';

/** Where a page may end. Both are needed: Firefox loses half of what is sent in `pagehide` when a tab is closed. */
export const onLeaving = (leave: (isUnload: boolean) => void): (() => void) =>
  on(win, 'pagehide visibilitychange', (event) => {
    const isUnload = event.type === 'pagehide';
    if (isUnload || document.hidden) leave(isUnload);
  });
