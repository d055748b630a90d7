import type { Context } from '../protocol/event.ts';
import type { Options } from './options.ts';

/** What the site itself has said about this page: release, user, tags, extra. Values are replaced, never edited. */
export interface Scope {
  _values: Context;
  _set: <K extends keyof Context>(name: K, value: Context[K] | null) => void;
}

export function createScope({ release, environment, user, tags, extra }: Options, session: string): Scope {
  const scope: Scope = {
    _values: { session },
    _set(name, value) {
      scope._values = { ...scope._values, [name]: value ?? undefined };
    },
  };
  Object.entries({ release, environment, user, tags, extra }).forEach(([name, value]) =>
    scope._set(name as keyof Context, value),
  );
  return scope;
}
