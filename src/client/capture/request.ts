import type { FailedRequest } from '../../protocol/event.ts';
import type { AddBreadcrumb } from '../breadcrumbs/trail.ts';
import type { Options } from '../options.ts';
import { guard } from '../lib/attempt.ts';
import { isObject, read, typeOf } from '../lib/describe-value.ts';
import { now } from '../lib/now.ts';
import { win } from '../lib/win.ts';
import type { Report } from './captured.ts';

/** What a request's error is called, in `fetch` and in `XMLHttpRequest`. Any other reason is the page's own: an abort. */
export const failures: Record<string, FailedRequest['failure']> = {
  TypeError: 'network',
  TimeoutError: 'timeout',
  error: 'network',
  timeout: 'timeout',
  abort: 'aborted',
};

/**
 * Begins a request; undefined when its address is none, so that it has failed by now. What it returns is called with how it
 * ended: `site` is an Error made where the page asked for it, and `reason` what the page was given.
 */
export type OnRequest = (
  method: unknown,
  address: unknown,
) =>
  ((site: Error | undefined, status: number, failure?: FailedRequest['failure'], reason?: unknown) => void) | undefined;

/** Each request becomes a breadcrumb; one that failed becomes an event too. Our own are neither. */
export function watchRequests(options: Options, add: AddBreadcrumb, report: Report): OnRequest {
  const { endpoint, failedRequests = true } = options;
  const isFailing = (status: number, getUrl: () => string | undefined) =>
    typeof failedRequests === 'function'
      ? failedRequests(status, getUrl() as string)
      : Array.isArray(failedRequests)
        ? failedRequests.includes(status)
        : status > 499;
  return (given = 'GET', target) => {
    const at = now();
    // No `toString` of the page's own objects runs: what they stand for is not known then.
    const method = isObject(given) ? '' : String(given).toUpperCase();
    const address = typeOf(target) === 'Object' ? '' : String(read(target, 'url') ?? target);
    const base = document.baseURI;
    // Only when somebody asks: in Firefox it takes a third of all that a request costs. The trail keeps it, so nothing in
    // its reach may hold an element, as a stack may. What stands behind `#` is not asked for.
    const getUrl = guard(() => new URL(address, base).href.split('#')[0]);
    // What may be no address, so that the request has failed by now. Others are not resolved until somebody asks.
    if (/[^!-Z_a-z]/.test(address) && !getUrl()) return undefined;
    return guard((_site, status, failure, reason) => {
      if (address.startsWith(endpoint)) return;
      if (failure === 'network' && !win.navigator.onLine) failure = 'offline';
      const answer = { durationMs: now() - at, ...(failure ? { failure } : { status }) };
      const url = failedRequests && (failure || isFailing(status, getUrl)) && getUrl();
      add('request', () => `${method} ${getUrl() ?? address}`, answer, failure || status > 399 ? 'warning' : undefined);
      if (!url) return;
      report(
        {
          mechanism: 'request',
          request: { method, url, failure: 'http', ...answer },
          _type: 'RequestError',
          _value: `${method} ${url.split('?')[0]} ${failure ? `failed: ${failure}` : `answered ${status}`}`,
          _site,
        },
        reason,
      );
    });
  };
}
