import type { Database, Value } from './database.ts';
import { hourMs } from './issue-totals.ts';
import type { Seen } from './seen.ts';
import type { DigestedEvent } from './store.ts';

export const dayMs = 24 * hourMs;

/** What is counted a day and project, beside releases, which have lines of their own. */
const properties = new Set(['browser', 'os', 'url']);
/** Different values a day; the rest is counted as `(others)`. */
const maxValues = 200;

/** What the events of one transaction add to a project. */
interface Sums {
  project: number;
  hours: Map<number, number>;
  days: Map<number, DaySums>;
  releases: Map<string, ReleaseSums>;
}

/** By property and value. */
type DaySums = Map<string, { known: Set<string>; counts: Map<string, number> }>;

interface ReleaseSums {
  events: number;
  /** When it was noted last, in minutes. */
  noted: number;
}

/** Counts events for their projects, once each: what is filed again later is not counted again. In a transaction. */
export function countInProjects(database: Database, digested: DigestedEvent[], seen: Seen): void {
  const all = new Map<string, Sums>();
  const users: Value[][] = [];
  for (const event of digested) {
    const { projectId, happenedAt, count, release, user } = event;
    let sums = all.get(projectId);
    if (!sums) {
      all.set(
        projectId,
        (sums = { project: Number(projectId), hours: new Map(), days: new Map(), releases: new Map() }),
      );
    }
    add(sums.hours, Math.floor(happenedAt / hourMs), count);
    const day = Math.floor(happenedAt / dayMs);
    for (const [property, value] of event.values) {
      if (!properties.has(property)) continue;
      const { known, counts } = dayOf(database, seen, sums, day, property);
      add(counts, countedAs(known, value), count);
    }
    if (release === undefined) continue;
    const ofRelease = addRelease(database, sums, release, happenedAt, seen);
    ofRelease.events += count;
    if (user !== undefined && seen.isNewUserOf(`${sums.project} ${release}`, user)) {
      users.push([sums.project, release, user]);
    }
  }
  write(database, [...all.values()], users);
}

function add<Key>(sums: Map<Key, number>, key: Key, count: number): void {
  sums.set(key, (sums.get(key) ?? 0) + count);
}

/** A burst of like events is one write. */
function write(database: Database, all: Sums[], users: Value[][]): void {
  const adding = 'ON CONFLICT DO UPDATE SET count = count + excluded.count';
  database.insert(
    `INSERT INTO project_hours VALUES * ${adding}`,
    all.flatMap(({ project, hours }) => Array.from(hours, ([hour, count]) => [project, hour, count])),
  );
  database.insert(
    `INSERT INTO project_values VALUES * ${adding}`,
    all.flatMap(({ project, days }) =>
      [...days].flatMap(([day, properties]) =>
        [...properties].flatMap(([property, { counts }]) =>
          Array.from(counts, ([value, count]) => [day, project, property, value, count]),
        ),
      ),
    ),
  );
  const added = new Map<string, number>();
  const insertUsers = 'INSERT INTO release_users VALUES * ON CONFLICT DO NOTHING RETURNING project_id, release';
  for (const row of database.insert(insertUsers, users)) add(added, `${row['project_id']} ${row['release']}`, 1);
  for (const { project, releases } of all) {
    for (const [name, { events }] of releases) {
      database.run(
        'UPDATE releases SET events = events + ?, users = users + ? WHERE project_id = ? AND name = ?',
        events,
        added.get(`${project} ${name}`) ?? 0,
        project,
        name,
      );
    }
  }
}

function addRelease(
  database: Database,
  { project, releases }: Sums,
  release: string,
  happenedAt: number,
  seen: Seen,
): ReleaseSums {
  let sums = releases.get(release);
  if (!sums) releases.set(release, (sums = { events: 0, noted: -1 }));
  // Once a minute is exact enough for when it was seen last.
  const minute = Math.floor(happenedAt / 60_000);
  if (minute === sums.noted) return sums;
  sums.noted = minute;
  if (!seen.isNew(seen.keys, `minute ${minute} ${project} ${release}`)) return sums;
  database.run(
    `INSERT INTO releases (project_id, name, first_seen, last_seen) VALUES (?1, ?2, ?3, ?3) ON CONFLICT DO UPDATE
     SET last_seen = max(last_seen, ?3), first_seen = min(first_seen, ?3)`,
    project,
    release,
    happenedAt,
  );
  return sums;
}

function dayOf(database: Database, seen: Seen, { project, days }: Sums, day: number, property: string) {
  let ofDay = days.get(day);
  if (!ofDay) days.set(day, (ofDay = new Map()));
  let sums = ofDay.get(property);
  if (sums) return sums;
  const known = seen.texts(`${day} ${project} ${property}`, () =>
    database
      .all('SELECT value FROM project_values WHERE day = ? AND project_id = ? AND property = ?', day, project, property)
      .map((row) => String(row['value'])),
  );
  ofDay.set(property, (sums = { known, counts: new Map() }));
  return sums;
}

/** The value, or what stands for all that are too many. */
function countedAs(known: Set<string>, value: string): string {
  if (known.has(value)) return value;
  if (known.size >= maxValues) return '(others)';
  known.add(value);
  return value;
}
