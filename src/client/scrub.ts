import type { Event } from '../protocol/event.ts';
import { toPlain } from './lib/describe-value.ts';
import type { Cleaner } from './lib/describe-value.ts';
import type { Options } from './options.ts';

const names = 'passw|pwd|secret|token|auth|api.?key|card|cvv|cvc|ssn|iban|session|credential|signature';

/** Knows secrets by the name they stand under, and takes credentials and secret query values out of texts. */
export function createCleaner({ mask = [] }: Options): Cleaner {
  const all = [
    names,
    ...mask.map((name) => (typeof name === 'string' ? name.replace(/\W/g, '\\$&') : name.source)),
  ].join('|');
  const secret = RegExp(all, 'i');
  const inQuery = RegExp(`([?&#;][^=&#\\s]*(?:${all})[^=&#\\s]*=)[^&#\\s"'<>]*`, 'gi');
  return {
    _isSecret: (name) => secret.test(name),
    // Most texts have neither: look before replacing.
    _text: (text) =>
      /[=@]/.test(text) ? text.replace(/(\/\/)[^/?#@\s]*@/g, '$1').replace(inQuery, '$1[masked]') : text,
  };
}

/** The last stage: nothing that was added before escapes it. */
export function createScrub({ beforeSend }: Options, cleaner: Cleaner): (event: Event) => Event {
  return (event) => {
    // `session` is ours, and breadcrumbs were cleaned as they were made: only beforeSend can have changed them.
    const { id, session, breadcrumbs, exceptions, ...rest } = event;
    const clean = toPlain(rest, cleaner) as Event;
    return {
      ...clean,
      id,
      ...(session && { session }),
      breadcrumbs: beforeSend ? (toPlain(breadcrumbs, cleaner) as Event['breadcrumbs']) : breadcrumbs,
      exceptions: exceptions.map((each) => ({
        ...each,
        value: cleaner._text(each.value),
        frames: each.frames.map((frame) => ({
          ...frame,
          ...(frame.filename && { filename: cleaner._text(frame.filename) }),
        })),
      })),
    };
  };
}
