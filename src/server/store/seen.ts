import type { Database } from './database.ts';
import { createNumberPairs } from './number-pairs.ts';

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
  /** True the first time for a user of an issue; also when it may have been forgotten. */
  isNewUser(issueId: number, user: number, isOfPart: boolean): boolean;
  /** The same for a user of what has that name. */
  isNewUserOf(name: string, user: number): boolean;
  /** The same for the number of a value of an issue. */
  isNewValue(issueId: number, value: number): boolean;
  isKnownValue(issueId: number, value: number): boolean;
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
  exactTexts: Set<string>;
  exactTextsOfPart: Set<string>;
  texts?: { known: Set<string>; forms: Set<number> };
  /** How many values of each property it has. */
  values?: Map<string, number>;
}

const maxEntries = 200_000;
/** Of users and values, which need less memory each: some ten bytes. */
const maxPairs = 600_000;

/** What stands in a pair with a user or a value: four times the number of whose it is, and one of these. */
const [userOfIssue, userOfPart, valueOfIssue, userOfName] = [0, 1, 2, 3];

export function createSeen(database: Database): Seen {
  const keys = new Set<string>();
  const texts = new Map<string, Set<string>>();
  const names = new Map<string, number>();
  const pairs = createNumberPairs();
  const things = new Map<string, Map<string, unknown>>();
  const issues = new Map<number, SeenIssue>();
  const valueIds = new Map<string, Map<string, number>>();
  let entries = 0;
  let version = database.version();
  const forget = () => {
    for (const known of [keys, texts, names, things, issues, valueIds, pairs]) known.clear();
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
    isNewUser: (issueId, user, isOfPart) => pairs.add(4 * issueId + (isOfPart ? userOfPart : userOfIssue), user),
    isNewUserOf(name, user) {
      let number = names.get(name);
      if (number === undefined) names.set(name, (number = names.size));
      return pairs.add(4 * number + userOfName, user);
    },
    isNewValue: (issueId, value) => pairs.add(4 * issueId + valueOfIssue, value),
    isKnownValue: (issueId, value) => pairs.has(4 * issueId + valueOfIssue, value),
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
      if (now !== version || entries > maxEntries || pairs.size() > maxPairs) forget();
      version = now;
    },
    forget,
  };
}

const nothingOf = (): SeenIssue => ({
  names: new Set(),
  hints: new Set(),
  files: new Set(),
  exactTexts: new Set(),
  exactTextsOfPart: new Set(),
});
