import type { ShownFrame } from '../../protocol/api.ts';
import type { Event } from '../../protocol/event.ts';
import { anchorOf } from './anchor.ts';
import { kindOf } from './message-kinds.ts';
import { parametrize, urlPattern } from './parametrize.ts';

/** Words that together decide the issue, and why, for people. */
export interface Grouping {
  parts: string[];
  reasons: string[];
}

interface What extends Grouping {
  /** Property or variable that the message names. */
  name?: string | undefined;
  isPlaceless?: boolean | undefined;
}

/** Version 1: what happened, however the engine words it, and where, whatever the build. A change of it is version 2. */
export function groupV1(event: Event, frames: ShownFrame[]): Grouping {
  const what = whatHappened(event);
  if (what.isPlaceless) return what;
  const where = anchorOf(frames);
  if (!where) return withoutPlace(what);
  const place = where.function
    ? `function \`${where.function}\` in \`${where.file}\``
    : `\`${where.file}\`, outside of a named function`;
  return {
    parts: [...what.parts, where.file, where.function],
    reasons: [...what.reasons, `It happened in ${place}: the first frame of the site's own code.`],
  };
}

/** Engines do not agree on when they name the property: only where nothing else tells bugs apart, it has to. */
function withoutPlace({ parts, reasons, name }: What): Grouping {
  const about = name ? [`It is about \`${name}\`.`] : [];
  return {
    parts: name ? [...parts, name] : parts,
    reasons: [...reasons, ...about, "No frame of the site's own code is known, so the place does not count."],
  };
}

function whatHappened(event: Event): What {
  const { request, mechanism, exceptions, message } = event;
  if (request && (mechanism === 'request' || exceptions.length === 0)) return byRequest(request);
  const text = (exceptions[0]?.value ?? message ?? '').replace(
    /^(?:Uncaught (?:\(in promise\) )?|Unhandled Promise Rejection: )/,
    '',
  );
  // What failed to load or was blocked is known by its address: that must not be taken for a changing value.
  if (mechanism === 'resource' || mechanism === 'csp') return byAddress(mechanism, text);
  return byMessage(exceptions[0]?.type ?? mechanism, text);
}

function byRequest({ method, url, status, failure }: NonNullable<Event['request']>): What {
  const what = `${method.toUpperCase()} request to \`${urlPattern(url)}\``;
  const outcome = status ? `status ${status}` : failure;
  return {
    parts: ['request', method.toUpperCase(), urlPattern(url), outcome],
    reasons: [`A ${what} failed with the same outcome: ${outcome}.`],
    isPlaceless: true,
  };
}

function byAddress(mechanism: string, text: string): What {
  const pattern = text.replace(/[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)]{1,2000}/gi, urlPattern);
  return { parts: [mechanism, pattern], reasons: [`The same thing failed: \`${pattern}\`.`], isPlaceless: true };
}

function byMessage(type: string, text: string): What {
  const known = kindOf(text);
  if (known) {
    return {
      parts: [known.kind.name],
      reasons: [`The same thing happened, however browsers word it: ${known.kind.meaning}.`],
      name: known.name,
      isPlaceless: known.kind.isPlaceless,
    };
  }
  const pattern = parametrize(text);
  return {
    parts: [type, pattern],
    reasons: [`The type is \`${type}\`${pattern ? ` and the message is \`${pattern}\`` : ', without a message'}.`],
  };
}
