import type { Context, UserInfo } from '../protocol/event.ts';
import type { Options } from './options.ts';

/** What the site itself has said about this page: release, user, tags, extra. Replaced as a whole on change, never edited. */
export interface Scope {
  _values: Context;
  _setUser: (user: UserInfo | null) => void;
  _setTag: (name: string, value: string) => void;
  _setExtra: (name: string, value: unknown) => void;
}

export function createScope({ release, environment, user, tags, extra }: Options, session: string): Scope {
  const scope: Scope = {
    _values: JSON.parse(JSON.stringify({ release, environment, session })) as Context,
    _setUser: (user) => set('user', user ?? undefined),
    _setTag: (name, value) => set('tags', { ...scope._values.tags, [name]: value }),
    _setExtra: (name, value) => set('extra', { ...scope._values.extra, [name]: value }),
  };
  const set = <K extends keyof Context>(name: K, value: Context[K]) => {
    scope._values = { ...scope._values, [name]: value };
  };
  if (user) set('user', user);
  if (tags) set('tags', tags);
  if (extra) set('extra', extra);
  return scope;
}
