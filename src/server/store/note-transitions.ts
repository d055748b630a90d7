import type { Database, Value } from './database.ts';
import type { Transition } from './notice-store.ts';
import type { DigestedEvent, Filed } from './store.ts';

/** Different kinds of events of one issue and transaction that rules can tell apart by all; the rest only by what few values have. */
const maxKinds = 100;

type IsWanted = (value: [string, string]) => boolean;

const isForFilters: IsWanted = ([property]) => /^(?:release|environment|level|url|tag:.*)$/s.test(property);

const hasFewValues: IsWanted = ([property]) => /^(?:release|environment|level)$/.test(property);

type Facts = Omit<Transition, 'id' | 'projectId' | 'issueId' | 'seq' | 'at' | 'count'>;

interface Kind {
  event: DigestedEvent;
  /** What all its events have in common. */
  values: [string, string][];
  seq: number;
  count: number;
  isNew: boolean;
  isBack: boolean;
  newRelease: string | undefined;
  newUsers: number;
}

/**
 * Writes down what a transaction of the digest changed, in that transaction, for the rules to look at: a burst of events
 * that are alike is one line. To be called when the totals are written, and
 * before the releases are.
 */
export function noteTransitions(database: Database, digested: DigestedEvent[], filed: Filed[], at: number): void {
  // Most collectors that are new have nobody to tell.
  if (!database.get('SELECT 1 FROM channels UNION ALL SELECT 1 FROM rules LIMIT 1')) return;
  // A search may ask for any value, which makes more kinds of events that are not alike.
  const isSearched = database.get(
    "SELECT 1 FROM rules WHERE settings ->> '$.trigger.kind' = 'search' AND settings ->> '$.isEnabled' LIMIT 1",
  );
  const isWanted: IsWanted = isSearched ? () => true : isForFilters;
  const issues = new Map<string, Map<string, Kind>>();
  const takeNew = createReleaseTest(database);
  digested.forEach((event, index) => {
    const place = filed[index];
    if (!place) return;
    const kinds = issues.get(place.issueId) ?? new Map<string, Kind>();
    issues.set(place.issueId, kinds);
    add(kinds, { event, filed: place, newRelease: takeNew(event), isWanted });
  });
  database.insert(
    'INSERT INTO transitions (project_id, issue_id, seq, at, count, facts) VALUES *',
    [...issues].flatMap(([issueId, kinds]) => rowsOf(database, issueId, [...kinds.values()], at)),
  );
}

interface Filing {
  event: DigestedEvent;
  filed: Filed;
  newRelease: string | undefined;
  isWanted: IsWanted;
}

function add(kinds: Map<string, Kind>, { event, filed, newRelease, isWanted }: Filing): void {
  const exact = kindOf(event, isWanted);
  const isRest = kinds.size >= maxKinds && !kinds.has(exact.key);
  const { key, values } = isRest ? kindOf(event, hasFewValues) : exact;
  const kind = kinds.get(key);
  const { seq, count } = event;
  if (!kind) {
    kinds.set(key, {
      event,
      values,
      seq,
      count,
      isBack: filed.isRegression || filed.isWoken,
      isNew: filed.isNew,
      newRelease,
      newUsers: Number(filed.isNewUser),
    });
    return;
  }
  kind.seq = Math.max(kind.seq, seq);
  kind.count += count;
  kind.newUsers += Number(filed.isNewUser);
  kind.newRelease ??= newRelease;
  kind.isBack ||= filed.isRegression || filed.isWoken;
}

function kindOf({ values: all }: DigestedEvent, isWanted: IsWanted) {
  const values = all.filter(isWanted);
  return { key: JSON.stringify(values), values };
}

/** Tells the release of an event that is the first of it; once. */
function createReleaseTest(database: Database) {
  const known = new Set<string>();
  return ({ projectId, release }: DigestedEvent): string | undefined => {
    const key = `${projectId} ${release}`;
    if (release === undefined || known.has(key)) return undefined;
    known.add(key);
    const sql = 'SELECT 1 FROM releases WHERE project_id = ? AND name = ?';
    return database.get(sql, Number(projectId), release) ? undefined : release;
  };
}

function rowsOf(database: Database, issueId: string, kinds: Kind[], at: number): Value[][] {
  const totals = database.get('SELECT events, users FROM issues WHERE id = ?', Number(issueId));
  let events = Number(totals?.['events']) - kinds.reduce((sum, { count }) => sum + count, 0);
  let users = Number(totals?.['users']) - kinds.reduce((sum, { newUsers }) => sum + newUsers, 0);
  return kinds.map(({ event, values, seq, count, isNew, isBack, newRelease, newUsers }) => {
    const facts: Facts = {
      title: event.title,
      isNew,
      isBack,
      events: [events, (events += count)],
      users: [users, (users += newUsers)],
      ...(newRelease !== undefined && { newRelease }),
      values,
    };
    return [Number(event.projectId), Number(issueId), seq, at, count, JSON.stringify(facts)];
  });
}
