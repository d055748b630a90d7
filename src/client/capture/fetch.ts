import { read } from '../lib/describe-value.ts';
import { on } from '../lib/on.ts';
import { patch } from '../lib/patch.ts';
import { failures, peek, startRequest } from './request.ts';
import type { OnRequest } from './request.ts';

type Branch = Promise<unknown> & { _fail?: (error: unknown) => void };

/** A Request is only read: to construct or clone one would touch its body. */
export function installFetch(win: Window, onRequest: OnRequest): (() => void)[] {
  return [
    patch(
      win,
      'fetch',
      (_, [input, init], site) => {
        const request = startRequest(win, peek(init, 'method') ?? peek(input, 'method'), input, site);
        return (result) => {
          const promise = result as Promise<Response>;
          const fail = (error: unknown) =>
            onRequest(request, 0, failures[String(read(error, 'name'))] ?? 'aborted', error);
          // The page gets the promise itself. A branch of ours that takes rejections would make it a handled one, so
          // that a mistake of the page would go unnoticed; ours is as unhandled as the page's until the page looks at it.
          const branch: Branch = promise.then(({ status }) => onRequest(request, status));
          branch._fail = fail;
          // Whoever awaits a promise or adds to it asks for its constructor first.
          Object.defineProperty(promise, 'constructor', {
            configurable: true,
            get() {
              Reflect.deleteProperty(promise, 'constructor');
              branch.catch(fail);
              return promise.constructor;
            },
          });
        };
      },
      true,
    ),
    on<PromiseRejectionEvent>(win, 'unhandledrejection', ({ promise, reason }) => (promise as Branch)._fail?.(reason)),
  ];
}
