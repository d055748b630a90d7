import type { Breadcrumb, Event } from '../../protocol/event.ts';
import type { MessageFamily } from './families/family.ts';
import { staleChunk } from './families/named.ts';
import { matchMessage } from './match-message.ts';
import { urlPattern } from './url-pattern.ts';

/** Words that decide the issue, and why. */
export interface Named {
  parts: string[];
  reasons: string[];
}

/**
 * Issues that have names: troubles of the page's surroundings, which are one wherever they happen. Undefined for
 * everything else.
 */
export function namedIssue(event: Event): Named | undefined {
  const { request, mechanism, exceptions, message = '' } = event;
  if (request && (mechanism === 'request' || exceptions.length === 0)) return byRequest(request);
  const text = exceptions[0]?.value ?? message;
  // So the page calls a script that is gone, whatever its browser's words.
  if (exceptions[0]?.type === 'ChunkLoadError') return byName(staleChunk);
  if (mechanism === 'csp') return byDirective(text);
  if (mechanism === 'resource') return byAddress(text);
  const known = matchMessage(exceptions[0]?.type ?? '', text.replace(/^Uncaught (?:\(in promise\) )?/, ''));
  if (!known?.isNamed) return undefined;
  return known.family.name === 'network' ? byNetwork(event, text) : byName(known.family);
}

const byName = ({ name, meaning }: MessageFamily): Named => ({
  parts: ['named', name],
  reasons: [`It is known by its name, wherever it happens: ${meaning}.`],
});

function byRequest({ method, url, status, failure }: NonNullable<Event['request']>): Named {
  const what = `${method.toUpperCase()} request to \`${urlPattern(url)}\``;
  const outcome = status ? `status ${status}` : failure;
  return {
    parts: ['request', method.toUpperCase(), urlPattern(url), outcome],
    reasons: [`A ${what} failed with the same outcome: ${outcome}.`],
  };
}

const isUrl = /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)]{1,2000}/gi;

/** What failed to load is known by its address: that must not be taken for a changing value. */
function byAddress(text: string): Named {
  const pattern = text.replace(isUrl, urlPattern);
  return { parts: ['resource', pattern], reasons: [`The same thing failed to load: \`${pattern}\`.`] };
}

/** The policy's directive and where the blocked thing is from; `script-src-elem` and `script-src` are one rule. */
function byDirective(text: string): Named {
  const directive = /\b([a-z]+-src|frame-ancestors|form-action|base-uri|sandbox|trusted-types)(?:-elem|-attr)?\b/.exec(
    text,
  )?.[1];
  const [blocked = ''] = text.match(isUrl) ?? [];
  const host = blocked
    ? urlPattern(blocked).replace(/\/.*$/, '')
    : (/\b(inline|eval|data|blob|wasm-eval|self)\b/.exec(text)?.[1] ?? '');
  if (!directive)
    return { parts: ['csp', text.replace(isUrl, urlPattern)], reasons: ['The content policy blocked the same thing.'] };
  return {
    parts: ['csp', directive, host],
    reasons: [`The content policy's \`${directive}\` blocked${host ? ` \`${host}\`` : ' it'}.`],
  };
}

/** Browsers do not say which request it was: the breadcrumbs may. */
function byNetwork({ breadcrumbs }: Event, text: string): Named {
  const host = /\(([\w.-]+(?::\d+)?)\)$/.exec(text)?.[1];
  const failed = breadcrumbs.findLast(isFailedRequest);
  const url = failed && /\S+:\/\/\S+|\/\S*/.exec(failed.text)?.[0];
  const where = url ? urlPattern(url) : host;
  return {
    parts: ['named', 'network', ...(where ? [where] : [])],
    reasons: [`A request${where ? ` to \`${where}\`` : ''} got no answer, and the page did not expect that.`],
  };
}

const isFailedRequest = ({ kind, level, data }: Breadcrumb) =>
  kind === 'request' &&
  (level === 'error' || level === 'warning' || data?.['status'] === 0 || data?.['failure'] !== undefined);
