import { limits } from '../protocol/limits.ts';
import { toPlain } from './lib/describe-value.ts';
import type { Cleaner } from './lib/describe-value.ts';
import { attempt } from './lib/attempt.ts';
import { toList } from './options.ts';
import type { Options } from './options.ts';

const names = 'passw|pwd|secret|token|auth|api.?key|card|cvv|cvc|ssn|iban|sess.*id|credential|signature';

/** Knows secrets by the name they stand under, and takes credentials and secret query values out of texts. */
export function createCleaner(options: Options): Cleaner {
  const all = toList(options.mask).reduce<string>(
    (list, name) => attempt(() => RegExp(`${list}|${(name as Partial<RegExp>).source ?? name}`).source) ?? list,
    names,
  );
  const secret = RegExp(all, 'i');
  const inQuery = RegExp(`([?&#;][^=&#\\s]*(?:${all})[^=&#\\s]*=)[^&#\\s"'<>]*`, 'gi');
  return {
    _isSecret: (name) => secret.test(name),
    // Most texts have neither: look before replacing.
    _text: (text) => (/[=@]/.test(text) ? text.replace(/\/\/[^/?#@\s]*@/g, '//').replace(inQuery, '$1[masked]') : text),
  };
}

/** Makes clean copies of what it is given, field by field. */
export type Scrub = <T extends object>(fields: T) => T;

export const createScrub =
  (cleaner: Cleaner): Scrub =>
  <T extends object>(fields: T) =>
    toPlain(fields, cleaner, limits.depth + 2, [], false) as T;
