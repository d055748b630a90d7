import type { Exception, FailedRequest } from '../../protocol/event.ts';
import type { AddBreadcrumb } from '../breadcrumbs/trail.ts';
import type { Options } from '../options.ts';
import type { Report } from './captured.ts';

/** A request under way, as `fetch.ts` and `xhr.ts` see it begin. */
export interface StartedRequest {
  method: string;
  url: string;
  at: number;
  /** Made where the request was: the engines give network failures no stack. */
  site: Error;
}

/** How it ended. `error` is what the page was given as the reason. */
export type OnRequest = (
  request: StartedRequest,
  status?: number,
  failure?: FailedRequest['failure'],
  error?: unknown,
) => void;

export const startRequest = (win: Window, method: unknown, url: unknown): StartedRequest => ({
  method: String(method || 'GET').toUpperCase(),
  url: new URL(String(url), win.document.baseURI).href,
  at: Date.now(),
  site: new Error(),
});

/** Each request becomes a breadcrumb; one that failed becomes an event too. Our own are neither. */
export function watchRequests(
  { endpoint, failedRequests = (status) => status > 499 }: Options,
  { navigator }: Window,
  add: AddBreadcrumb,
  report: Report,
): OnRequest {
  const isFailing = (status: number, url: string) =>
    typeof failedRequests === 'function'
      ? failedRequests(status, url)
      : typeof failedRequests === 'object'
        ? failedRequests.includes(status)
        : failedRequests && status > 499;

  return ({ method, url, at, site }, status = 0, failure, error) => {
    if (url.startsWith(endpoint)) return;
    const answer = { durationMs: Date.now() - at, ...(status && { status }), ...(failure && { failure }) };
    add('request', `${method} ${url}`, answer, failure || status > 399 ? 'warning' : undefined);
    if (failure ? failedRequests === false : !isFailing(status, url)) return;
    const request = { method, url, failure: 'http' as const, ...answer };
    if (failure === 'network' && !navigator.onLine) request.failure = 'offline' as 'http';
    const value = `${method} ${url.replace(/[?#].*/, '')} ${status ? `answered ${status}` : `failed: ${request.failure}`}`;
    report({
      mechanism: 'request',
      request,
      site,
      requestError: error,
      exceptions: [{ type: 'RequestError', value, frames: [] }] satisfies Exception[],
    });
  };
}
