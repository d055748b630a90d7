import type { Report } from './capture/captured.ts';
import { attempt, guard } from './lib/attempt.ts';
import { win } from './lib/win.ts';

/**
 * Reports uncaught errors and rejections of the page's frames, and of theirs, as far as they are of the page's origin: no
 * browser tells the page of these. From each frame's load on: nothing tells that a frame has begun. A frame that has a reporter of its own tells for itself. Returns what ends it.
 */
export function watchFrames(report: Report): () => void {
  const stop = new AbortController();
  // A signal ends it without keeping frames alive that the page has thrown away.
  const { signal } = stop;
  const seen = new WeakSet<Document>();
  const watch = (view: Window) =>
    attempt(() => {
      // Those of other origins throw.
      const { document } = view;
      if (seen.has(document)) return;
      seen.add(document);
      const onFailure = guard((event: ErrorEvent | PromiseRejectionEvent) => {
        if ('pagefaultClients' in view) return;
        if ('reason' in event) {
          report({ mechanism: 'onunhandledrejection', thrown: [event.reason] }, undefined, event.promise);
          return;
        }
        const { error, message, filename, lineno, colno } = event;
        // What a browser masks has neither error nor stack, but sometimes a place.
        const place = { name: 'Error', message, stack: `@${filename}:${lineno}:${colno}` };
        report({ mechanism: 'onerror', thrown: [error ?? place] });
      });
      if (view !== win) {
        view.addEventListener('error', onFailure, { signal });
        view.addEventListener('unhandledrejection', onFailure, { signal });
      }
      // A load puts a new window into a frame. Loads do not bubble.
      const onLoad = guard(({ target }: Event) => watch((target as HTMLIFrameElement).contentWindow as Window));
      document.addEventListener('load', onLoad, { capture: true, signal });
      Array.from(view as unknown as ArrayLike<Window>, watch);
    });
  watch(win);
  return () => stop.abort();
}
