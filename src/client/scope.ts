import type { Context } from '../protocol/event.ts';
import { createId } from './lib/id.ts';
import type { Options } from './options.ts';

/** What the site itself has said about this page: release, user, tags, extra. Values are replaced, never edited. */
export interface Scope {
  _values: Context;
  /** With a key: adds one to `tags` or `extra`. */
  _set: (name: keyof Context, value: unknown, key?: string) => void;
}

export function createScope({ release, environment, user, tags, extra }: Options): Scope {
  const scope: Scope = {
    // Undefined values do not travel.
    _values: { release, environment, session: createId(), user, tags, extra } as Context,
    _set(name, value, key) {
      const values = scope._values;
      scope._values = {
        ...values,
        [name]: key !== undefined ? { ...(values[name] as object), [key]: value } : (value ?? undefined),
      };
    },
  };
  return scope;
}
