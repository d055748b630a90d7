import type { FailedRequest } from '../../protocol/event.ts';
import type { AddBreadcrumb } from '../breadcrumbs/trail.ts';
import type { Options } from '../options.ts';
import { isObject, read, typeOf } from '../lib/describe-value.ts';
import { now } from '../lib/now.ts';
import { win } from '../lib/win.ts';
import type { Report } from './captured.ts';

/** A request under way, as `fetch.ts` and `xhr.ts` see it begin. */
export interface StartedRequest {
  method: string;
  url: string;
  at: number;
  _site: Error | undefined;
}

/** What a request's error is called, in `fetch` and in `XMLHttpRequest`. Any other reason is the page's own: an abort. */
export const failures: Record<string, FailedRequest['failure']> = {
  TypeError: 'network',
  TimeoutError: 'timeout',
  error: 'network',
  timeout: 'timeout',
  abort: 'aborted',
};

/** How it ended. `error` is what the page was given as the reason. */
export type OnRequest = (
  request: StartedRequest,
  status?: number,
  failure?: FailedRequest['failure'],
  error?: unknown,
) => void;

/**
 * What stands behind `#` is not asked for. No `toString` of the page's own objects runs: what they stand for is not known
 * then.
 */
export const startRequest = (method: unknown = 'GET', url: unknown, _site: Error | undefined): StartedRequest => ({
  method: isObject(method) ? '' : String(method).toUpperCase(),
  url: new URL(typeOf(url) === 'Object' ? '' : String(read(url, 'url') ?? url), document.baseURI).href.split(
    '#',
  )[0] as string,
  at: now(),
  _site,
});

/** Each request becomes a breadcrumb; one that failed becomes an event too. Our own are neither. */
export function watchRequests(
  { endpoint, failedRequests = true }: Options,
  add: AddBreadcrumb,
  report: Report,
): OnRequest {
  const isFailing =
    typeof failedRequests === 'function'
      ? failedRequests
      : (status: number) => (Array.isArray(failedRequests) ? failedRequests.includes(status) : status > 499);
  return ({ method, url, at, _site }, status = 0, failure, reason) => {
    if (url.startsWith(endpoint)) return;
    if (failure === 'network' && !win.navigator.onLine) failure = 'offline';
    const answer = { durationMs: now() - at, ...(failure ? { failure } : { status }) };
    add('request', `${method} ${url}`, answer, failure || status > 399 ? 'warning' : undefined);
    if (!failedRequests || !(failure || isFailing(status, url))) return;
    const value = `${method} ${url.split('?')[0]} ${failure ? `failed: ${failure}` : `answered ${status}`}`;
    report(
      {
        mechanism: 'request',
        request: { method, url, failure: 'http', ...answer },
        _type: 'RequestError',
        _value: value,
        _site,
      },
      reason,
    );
  };
}
