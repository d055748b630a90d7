import { on } from './on.ts';

/** Where a page may end. Both are needed: Firefox loses half of what is sent in `pagehide` when a tab is closed. */
export const onLeaving = (win: Window, leave: (isUnload: boolean) => void): (() => void)[] => [
  on(win, 'pagehide', () => leave(true)),
  on(win.document, 'visibilitychange', () => win.document.visibilityState === 'hidden' && leave(false)),
];
