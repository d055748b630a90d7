import { read } from '../lib/describe-value.ts';
import { win } from '../lib/win.ts';
import { patch } from '../lib/patch.ts';
import type { Method } from '../lib/patch.ts';
import { failures } from './request.ts';
import type { OnRequest } from './request.ts';

/**
 * A Request is only read: to construct or clone one would touch its body.
 *
 * We look at the promise that the browser made, and looking makes it a handled one. So the page gets the next of its
 * chain, made by the engine, with nothing of ours in it: it is unhandled exactly when the page does not handle it. It
 * settles a microtask later, which nobody sees: what ends a request is a task of its own, but for an abort and for what is
 * refused before it is made (a header that is none, an address with a password). A promise of our own, rejected when the
 * signal is, would be late behind the page's own listeners, and needs the reason, which WebKit makes anew and tells only its own.
 */
export const installFetch = (onRequest: OnRequest): (() => void) =>
  patch(
    win,
    'fetch',
    (_, [input, init], site) => {
      const get = (key: string) => read(init, key) ?? read(input, key);
      const end = onRequest(get('method'), input);
      // It has failed by now: no request is made.
      const signal = get('signal');
      if (!end || read(signal, 'aborted')) return;
      return (result) => {
        const promise = result as Promise<Response>;
        promise.then(
          (response) => end(site, response.status),
          // WebKit calls a timeout an abort, but for the signal's own reason.
          (error) =>
            end(site, 0, failures[read(read(signal, 'reason') ?? error, 'name') as string] ?? 'aborted', error),
        );
        // A promise of somebody else may be able to do more than its next.
        return promise.constructor === win.Promise ? [promise.then as Method, promise, []] : undefined;
      };
    },
    true,
  );
