import type { Context } from '../protocol/event.ts';
import { createId } from './lib/id.ts';
import { pick } from './lib/pick.ts';
import type { Options } from './options.ts';
import type { Scrub } from './scrub.ts';

/**
 * What the site itself has said about this page: release, user, tags, extra. Clean copies, made when it is said: each event
 * has the same ones. They are replaced, never edited.
 */
export interface Scope {
  _values: Context;
  /** With a key: adds one to `tags` or `extra`. */
  _set: (name: keyof Context, value: unknown, key?: string) => void;
}

export function createScope(options: Options, scrub: Scrub): Scope {
  const scope: Scope = {
    // Undefined values do not travel.
    _values: { session: createId(), ...pick('release environment user tags extra', options) },
    _set(name, value, key) {
      scope._values = {
        ...scope._values,
        ...scrub({ [name]: key == null ? (value ?? {}) : { ...(scope._values[name] as object), [key]: value } }),
      };
    },
  };
  return scope;
}
