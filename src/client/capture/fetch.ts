import { patch } from '../lib/patch.ts';
import { read } from '../lib/describe-value.ts';
import type { OnRequest } from './request.ts';

/** URL and method without touching a body: a Request is read, never constructed or cloned. */
function describeFetch(win: Window, [input, init]: unknown[]): { method: string; url: string } {
  const isRequest = typeof input === 'object' && typeof read(input, 'url') === 'string';
  const url = String(isRequest ? read(input, 'url') : input);
  const method = read(init, 'method') ?? (isRequest && read(input, 'method')) ?? 'GET';
  return { method: String(method || 'GET').toUpperCase(), url: new URL(url, win.document.baseURI).href };
}

export function installFetch(win: Window, now: () => number, onRequest: OnRequest): () => void {
  return patch(win, 'fetch', (_, args) => {
    const request = { ...describeFetch(win, args), startedAt: now(), site: new Error() };
    return (promise) => {
      // The page gets the promise itself; we look at it from a branch of our own that cannot reject unheard.
      (promise as Promise<Response>)
        .then(
          (response) => onRequest({ ...request, status: response.status }),
          (error: unknown) => {
            const name = read(error, 'name');
            const failure = name === 'TimeoutError' ? 'timeout' : name === 'TypeError' ? 'network' : 'aborted';
            onRequest({ ...request, failure, error });
          },
        )
        .catch(() => {});
    };
  });
}
