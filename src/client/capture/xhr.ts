import { patch } from '../lib/patch.ts';
import type { EndedRequest, OnRequest } from './request.ts';

/** Watches `open` for method and URL, and listens for the end from `send` on. */
export function installXhr(win: Window & typeof globalThis, now: () => number, onRequest: OnRequest): () => void {
  const { prototype } = win.XMLHttpRequest ?? {};
  const opened = new WeakMap<object, Pick<EndedRequest, 'method' | 'url'>>();
  const undo = [
    patch(prototype, 'open', (self, [method, url]) => {
      opened.set(self as object, {
        method: String(method).toUpperCase(),
        url: new URL(String(url), win.document.baseURI).href,
      });
    }),
    patch(prototype, 'send', (self) => {
      const xhr = self as XMLHttpRequest;
      const request = opened.get(xhr);
      if (!request) return;
      const ended: EndedRequest = { ...request, startedAt: now(), site: new Error() };
      const end = (event: ProgressEvent) => {
        if (event.type === 'loadend') {
          stop();
          onRequest(Object.assign(ended, { status: xhr.status || undefined }));
        } else {
          ended.failure = event.type === 'error' ? 'network' : event.type === 'timeout' ? 'timeout' : 'aborted';
        }
      };
      const types = ['error', 'abort', 'timeout', 'loadend'] as const;
      const stop = () => types.forEach((type) => xhr.removeEventListener(type, end));
      types.forEach((type) => xhr.addEventListener(type, end));
    }),
  ];
  return () => undo.forEach((each) => each());
}
