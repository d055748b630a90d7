import { read } from '../lib/describe-value.ts';
import { patch } from '../lib/patch.ts';
import { failures, startRequest } from './request.ts';
import type { OnRequest } from './request.ts';

/** A Request is only read: to construct or clone one would touch its body. */
export function installFetch(win: Window, onRequest: OnRequest): () => void {
  return patch(
    win,
    'fetch',
    (_, [input, init], site) => {
      const url = read(input, 'url');
      const isRequest = typeof url === 'string';
      const request = startRequest(
        win,
        read(init, 'method') ?? (isRequest && read(input, 'method')),
        isRequest ? url : input,
        site,
      );
      // The page gets the promise itself; ours is a branch that never rejects.
      return (promise) =>
        (promise as Promise<Response>).then(
          ({ status }) => onRequest(request, status),
          (error: unknown) => onRequest(request, 0, failures[String(read(error, 'name'))] ?? 'aborted', error),
        );
    },
    true,
  );
}
