import type { Event } from '../protocol/event.ts';
import { limits } from '../protocol/limits.ts';
import { toPlain } from './lib/describe-value.ts';
import type { Cleaner } from './lib/describe-value.ts';
import type { Options } from './options.ts';

const names = 'passw|pwd|secret|token|auth|api.?key|card|cvv|cvc|ssn|iban|sess.*id|credential|signature';

/** Knows secrets by the name they stand under, and takes credentials and secret query values out of texts. */
export function createCleaner({ mask = [] }: Options): Cleaner {
  const all = mask.reduce<string>((list, name) => `${list}|${(name as Partial<RegExp>).source ?? name}`, names);
  const secret = RegExp(all, 'i');
  const inQuery = RegExp(`([?&#;][^=&#\\s]*(?:${all})[^=&#\\s]*=)[^&#\\s"'<>]*`, 'gi');
  return {
    _isSecret: (name) => secret.test(name),
    // Most texts have neither: look before replacing.
    _text: (text) => (/[=@]/.test(text) ? text.replace(/\/\/[^/?#@\s]*@/g, '//').replace(inQuery, '$1[masked]') : text),
  };
}

/** The last stage: nothing that was added before escapes it. */
export function createScrub({ beforeSend }: Options, cleaner: Cleaner): (event: Event) => Event {
  return (event) => {
    // Breadcrumbs were cleaned as they were made: only beforeSend can have changed them.
    const { breadcrumbs, ...rest } = event;
    return {
      ...(toPlain(rest, cleaner, limits.depth + 2) as Event),
      breadcrumbs: beforeSend ? (toPlain(breadcrumbs, cleaner) as Event['breadcrumbs']) : breadcrumbs,
    };
  };
}
