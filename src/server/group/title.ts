import type { ShownFrame } from '../../protocol/api.ts';
import type { Event } from '../../protocol/event.ts';
import { limits } from '../../protocol/limits.ts';
import { fileName, functionName } from './anchor.ts';

/** What broke, in one line: type and message, or the request that failed. */
export function titleOf(event: Event): string {
  const [exception] = event.exceptions;
  let title = event.message ?? '';
  if (exception) title = [exception.type, exception.value].filter(Boolean).join(': ');
  else if (event.request && !title) title = requestTitle(event.request);
  return (title || `(${event.mechanism} without a message)`)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, limits.label * 2);
}

function requestTitle({ method, url, status, failure }: NonNullable<Event['request']>): string {
  return `${method} ${url} ${status ? `answered ${status}` : `failed: ${failure}`}`;
}

/** The line below the title: function and file, or the URL that failed, or the page. */
export function culpritOf(event: Event, frames: ShownFrame[]): string {
  if (event.request && event.mechanism === 'request') return event.request.url;
  const frame = frames.find(({ inApp }) => inApp) ?? frames.find(({ filename }) => filename);
  if (frame?.filename) {
    const name = functionName(frame.function ?? '');
    return `${name ? `${name} in ` : ''}${fileName(frame.filename)}`;
  }
  return event.request?.url ?? pathOf(event.page?.url ?? '');
}

/** The part of a URL after the host, without query and fragment. */
export function pathOf(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '') || (url && '/');
}
