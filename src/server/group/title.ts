import type { ShownFrame } from '../../protocol/api.ts';
import type { Event } from '../../protocol/event.ts';
import { limits } from '../../protocol/limits.ts';
import { fileName, functionName } from './names.ts';

/** What broke, in one line: type and message, or the request that failed. */
export function titleOf(event: Event): string {
  const [exception] = event.exceptions;
  let title = event.message ?? '';
  if (exception) title = [exception.type, exception.value].filter(Boolean).join(': ');
  else if (event.request && !title) title = requestTitle(event.request);
  return withoutOrigin(title || `(${event.mechanism} without a message)`, event)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, limits.label * 2);
}

function requestTitle({ method, url, status, failure }: NonNullable<Event['request']>): string {
  return `${method} ${url} ${status ? `answered ${status}` : `failed: ${failure}`}`;
}

/** A page's own origin tells nothing in what broke on it. */
function withoutOrigin(text: string, { page }: Event): string {
  const origin = /^https?:\/\/[^/?#\s]+/i.exec(page?.url ?? '')?.[0];
  return origin ? text.replaceAll(`${origin}/`, '/') : text;
}

/** The line below the title: function and file, or the URL that failed, or the page. */
export function culpritOf(event: Event, frames: ShownFrame[]): string {
  if (event.request && event.mechanism === 'request') return withoutOrigin(event.request.url, event);
  const frame = frames.find(({ inApp }) => inApp) ?? frames.find(({ filename }) => filename);
  if (frame?.filename) {
    const name = functionName(frame.function ?? '');
    return `${name ? `${name} in ` : ''}${fileName(frame.filename)}`;
  }
  return event.request ? withoutOrigin(event.request.url, event) : pathOf(event.page?.url ?? '');
}

/** The part of a URL after the host, without query and fragment. */
export function pathOf(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '') || (url && '/');
}
