import type { FailedRequest } from '../../protocol/event.ts';
import type { AddBreadcrumb } from '../breadcrumbs/trail.ts';
import type { Options } from '../options.ts';
import type { Report } from './captured.ts';

/** What `fetch.ts` and `xhr.ts` tell when a request has ended. */
export interface EndedRequest {
  method: string;
  url: string;
  startedAt: number;
  status?: number | undefined;
  failure?: FailedRequest['failure'] | undefined;
  /** What the page was given as the reason. */
  error?: unknown;
  /** Made where the request was: the engines give network failures no stack. */
  site?: { stack?: string | undefined } | undefined;
}

export type OnRequest = (request: EndedRequest) => void;

/** Which statuses are failures. */
const isFailing = (option: Options['failedRequests'], status: number, url: string) =>
  typeof option === 'function'
    ? option(status, url)
    : Array.isArray(option)
      ? option.includes(status)
      : option !== false && status > 499;

/** Each request becomes a breadcrumb; one that failed becomes an event too. Our own are neither. */
export function watchRequests(
  { endpoint, failedRequests }: Options,
  now: () => number,
  online: () => boolean,
  add: AddBreadcrumb,
  report: Report,
): OnRequest {
  return ({ method, url, startedAt, status, failure, error, site }) => {
    if (url.startsWith(endpoint)) return;
    const durationMs = Math.round(now() - startedAt);
    const data: Record<string, unknown> = { durationMs };
    if (status) data['status'] = status;
    if (failure) data['failure'] = failure;
    add('request', `${method} ${url}`, data, failure || (status ?? 0) > 399 ? 'warning' : undefined);
    if (!failure && status && isFailing(failedRequests, status, url)) failure = 'http';
    if (!failure || failedRequests === false) return;
    if (failure === 'network' && !online()) failure = 'offline';
    const request: FailedRequest = { method, url, durationMs, failure };
    if (status) request.status = status;
    report({ mechanism: 'request', request, requestError: error, site });
  };
}
