import type { Database } from './database.ts';

/**
 * What is known to be in the file, so that the events of a busy bug need not ask it again and again. Forgotten as a whole:
 * when a transaction failed, when another connection has written, when it becomes too much.
 */
export interface Seen {
  /** True the first time; also when it may have been forgotten. */
  isNew(table: string, ...key: (string | number)[]): boolean;
  /** Texts of that name, which may be added to; `load` reads them the first time. */
  texts(name: string, load: () => string[]): Set<string>;
  /** What `find` finds under that name, if it finds something. */
  found<T>(name: string, find: () => T | undefined): T | undefined;
  /** To be called at the start of a transaction: what another connection wrote may have removed rows. */
  begin(): void;
  forget(): void;
}

const maxEntries = 200_000;

export function createSeen(database: Database): Seen {
  const keys = new Set<string>();
  const texts = new Map<string, Set<string>>();
  const things = new Map<string, unknown>();
  let loaded = 0;
  let version = database.version();
  const forget = () => {
    for (const known of [keys, texts, things]) known.clear();
    loaded = 0;
  };
  return {
    isNew(table, ...key) {
      const text = `${table}\0${key.join('\0')}`;
      if (keys.has(text)) return false;
      keys.add(text);
      return true;
    },
    texts(name, load) {
      let known = texts.get(name);
      if (!known) {
        texts.set(name, (known = new Set(load())));
        // What will be added counts too.
        loaded += known.size + 20;
      }
      return known;
    },
    found<T>(name: string, find: () => T | undefined): T | undefined {
      const known = (things.get(name) as T | undefined) ?? find();
      if (known !== undefined) things.set(name, known);
      return known;
    },
    begin() {
      const now = database.version();
      if (now !== version || keys.size + things.size + loaded > maxEntries) forget();
      version = now;
    },
    forget,
  };
}
