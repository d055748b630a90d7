import { on } from '../lib/on.ts';
import { win } from '../lib/win.ts';
import { patch } from '../lib/patch.ts';
import { failures } from './request.ts';
import type { OnRequest } from './request.ts';

/** Watches `open` for method and URL, and listens for the end from `send` on. */
export function installXhr(onRequest: OnRequest): (() => void)[] {
  const prototype = win.XMLHttpRequest?.prototype;
  const opened = new WeakMap<object, unknown[]>();
  return [
    patch(prototype, 'open', (self, args) => void opened.set(self as object, args)),
    patch(
      prototype,
      'send',
      (self, _, site) => {
        const xhr = self as XMLHttpRequest;
        const [method, url] = opened.get(xhr) ?? [];
        const end = onRequest(method, url);
        let failure: (typeof failures)[string] | undefined;
        const stop = on(xhr, 'error timeout abort loadend', ({ type }) => {
          failure ??= failures[type];
          if (type !== 'loadend') return;
          stop();
          end?.(site, xhr.status, failure);
        });
      },
      true,
    ),
  ];
}
