import type { Event } from '../protocol/event.ts';
import { limits } from '../protocol/limits.ts';
import { describeValue, typeOf } from './lib/describe-value.ts';
import type { Options } from './options.ts';

const masked = '[masked]';
const names = 'passw|pwd|secret|token|auth|api.?key|card|cvv|cvc|ssn|iban|session|credential|signature';

export interface Scrub {
  /** Takes credentials and secret query values out of a text. */
  _text: (text: string) => string;
  /** A copy as plain, bounded JSON, secrets masked by the name they stand under. */
  _value: (value: unknown, depth?: number) => unknown;
  /** The last stage: nothing that was added before escapes it. */
  _event: (event: Event) => Event;
}

export function createScrub({ mask = [], beforeSend }: Options): Scrub {
  const all = [
    names,
    ...mask.map((name) => (typeof name === 'string' ? name.replace(/\W/g, '\\$&') : name.source)),
  ].join('|');
  const isSecret = new RegExp(all, 'i');
  const inQuery = new RegExp(`([?&#;][^=&#\\s]*(?:${all})[^=&#\\s]*=)[^&#\\s"'<>]*`, 'gi');

  const cleanText = (text: string) =>
    // Most texts have neither: look before replacing.
    /[=@]/.test(text) ? text.replace(/(\/\/)[^/?#@\s]*@/g, '$1').replace(inQuery, `$1${masked}`) : text;

  const cleanValue = (value: unknown, depth = 0): unknown => {
    const type = typeOf(value);
    if (type === 'string') return cleanText((value as string).slice(0, limits.string));
    if (type === 'boolean' || type === 'null' || Number.isFinite(value)) return value;
    if ((type !== 'Object' && type !== 'Array') || depth >= limits.depth) return cleanText(describeValue(value));
    try {
      const entries = Object.entries(value as object)
        .filter(([, each]) => each !== undefined)
        .slice(0, limits.keys)
        .map(
          ([key, each]) =>
            [key, isSecret.test(key) && type === 'Object' ? masked : cleanValue(each, depth + 1)] as const,
        );
      return type === 'Array' ? entries.map(([, each]) => each) : Object.fromEntries(entries);
    } catch {
      return type;
    }
  };

  const cleanEvent = (event: Event): Event => {
    const clean = { ...event };
    for (const name of ['tags', 'extra', 'user', 'page', 'request'] as const) {
      if (event[name]) Object.assign(clean, { [name]: cleanValue(event[name]) });
    }
    if (event.message) clean.message = cleanText(event.message.slice(0, limits.message));
    clean.exceptions = event.exceptions.map((each) => ({
      ...each,
      value: cleanText(String(each.value)),
      frames: each.frames.map((frame) =>
        frame.filename && /[=@]/.test(frame.filename) ? { ...frame, filename: cleanText(frame.filename) } : frame,
      ),
    }));
    // Breadcrumbs were cleaned as they were made; only beforeSend can have changed them.
    if (beforeSend) clean.breadcrumbs = event.breadcrumbs.map((each) => cleanValue(each)) as Event['breadcrumbs'];
    return clean;
  };

  return { _text: cleanText, _value: cleanValue, _event: cleanEvent };
}
