import type { Context } from '../protocol/event.ts';
import type { Options } from './options.ts';

/** What the site itself has said about this page: release, user, tags, extra. Values are replaced, never edited. */
export interface Scope {
  _values: Context;
  _set: <K extends keyof Context>(name: K, value: Context[K] | null) => void;
  /** Adds one to `tags` or `extra`. */
  _add: (name: 'tags' | 'extra', key: string, value: unknown) => void;
}

export function createScope({ release, environment, user, tags, extra }: Options, session: string): Scope {
  const scope: Scope = {
    // Undefined values do not travel.
    _values: { release, environment, session, user, tags, extra } as Context,
    _set(name, value) {
      scope._values = { ...scope._values, [name]: value ?? undefined };
    },
    _add: (name, key, value) => scope._set(name, { ...scope._values[name], [key]: value } as Record<string, string>),
  };
  return scope;
}
