import type { Database } from './database.ts';

/**
 * What is known to be in the file, so that the events of a busy bug need not ask it again and again. Forgotten as a whole:
 * when a transaction failed, when another connection has written, when it becomes too much.
 */
export interface Seen {
  issue(id: number): SeenIssue;
  /** True the first time; also when it may have been forgotten. */
  isNew<Key>(known: Set<Key>, key: Key): boolean;
  /** Of whole projects. */
  readonly keys: Set<string>;
  /** Texts of that name, which may be added to; `load` reads them the first time. */
  texts(name: string, load: () => string[]): Set<string>;
  /** Users of that name, which may be added to. */
  users(name: string): Set<number>;
  /** What `find` finds under that name of a project, if it finds something. */
  found<T>(projectId: string, name: string, find: () => T | undefined): T | undefined;
  /** Numbers of values, by property and value: of all that its issues are known to have. */
  readonly valueIds: Map<string, Map<string, number>>;
  /** To be called with how much has been added to what is known. */
  grow(entries: number): void;
  /** To be called at the start of a transaction: what another connection wrote may have removed rows. */
  begin(): void;
  forget(): void;
}

/** What the file has of one issue. What is undefined has not been read. */
export interface SeenIssue {
  names: Set<string>;
  hints: Set<string>;
  files: Set<string>;
  users: Set<number>;
  usersOfPart: Set<number>;
  exactTexts: Set<string>;
  exactTextsOfPart: Set<string>;
  texts?: { known: Set<string>; forms: Set<number> };
  values?: { ids: Set<number>; ofProperty: Map<string, number> };
}

const maxEntries = 300_000;

export function createSeen(database: Database): Seen {
  const keys = new Set<string>();
  const texts = new Map<string, Set<string>>();
  const users = new Map<string, Set<number>>();
  const things = new Map<string, Map<string, unknown>>();
  const issues = new Map<number, SeenIssue>();
  const valueIds = new Map<string, Map<string, number>>();
  let entries = 0;
  let version = database.version();
  const forget = () => {
    for (const known of [keys, texts, users, things, issues, valueIds]) known.clear();
    entries = 0;
  };
  return {
    keys,
    valueIds,
    issue(id) {
      let known = issues.get(id);
      if (known) return known;
      known = nothingOf();
      issues.set(id, known);
      // Sets that are empty need memory too.
      entries += 10;
      return known;
    },
    isNew(known, key) {
      if (known.has(key)) return false;
      known.add(key);
      entries++;
      return true;
    },
    texts(name, load) {
      let known = texts.get(name);
      if (!known) {
        texts.set(name, (known = new Set(load())));
        entries += known.size + 1;
      }
      return known;
    },
    users(name) {
      let known = users.get(name);
      if (!known) users.set(name, (known = new Set()));
      return known;
    },
    found<T>(projectId: string, name: string, find: () => T | undefined): T | undefined {
      let ofProject = things.get(projectId);
      if (!ofProject) things.set(projectId, (ofProject = new Map()));
      const before = ofProject.get(name) as T | undefined;
      if (before !== undefined) return before;
      const known = find();
      if (known !== undefined) ofProject.set(name, known);
      entries++;
      return known;
    },
    grow: (count) => void (entries += count),
    begin() {
      const now = database.version();
      if (now !== version || entries > maxEntries) forget();
      version = now;
    },
    forget,
  };
}

const nothingOf = (): SeenIssue => ({
  names: new Set(),
  hints: new Set(),
  files: new Set(),
  users: new Set(),
  usersOfPart: new Set(),
  exactTexts: new Set(),
  exactTextsOfPart: new Set(),
});
