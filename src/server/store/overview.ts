import type { Database } from './database.ts';
import { hourMs } from './issue-totals.ts';
import { issueSummaries } from './issues.ts';
import { dayMs } from './project-counts.ts';
import type { OverviewStore } from './store.ts';

/** A pause of so long ends a visit: what is new stays new while someone reads and comes back to it. */
const visitMs = 30 * 60_000;
const shownValues = 8;

/** What the start page of a project shows, from counts that were made as events arrived. */
export function createOverviewStore(database: Database): OverviewStore {
  const found = (now: number, from: string, ...values: (string | number)[]) =>
    issueSummaries(database, database.all(`SELECT issues.* FROM ${from}`, ...values), now);
  const count = (from: string, ...values: (string | number)[]) =>
    Number(database.get(`SELECT count(*) AS count FROM ${from}`, ...values)?.['count']);

  return {
    async look(personId, projectId, now) {
      database.run(
        `INSERT INTO looks VALUES (?1, ?2, NULL, ?3) ON CONFLICT DO UPDATE
         SET since = CASE WHEN ?3 - at >= ?4 THEN at ELSE since END, at = ?3`,
        Number(personId),
        Number(projectId),
        now,
        visitMs,
      );
    },
    async visitBefore(personId, projectId) {
      const row = database.get(
        'SELECT since FROM looks WHERE person_id = ? AND project_id = ?',
        Number(personId),
        Number(projectId),
      );
      return row?.['since'] == null ? null : Number(row['since']);
    },
    async changedIssues(projectId, since, limit, now) {
      const project = Number(projectId);
      const fresh = `shown_issues AS issues WHERE project_id = ? AND first_seen > ? AND status != 'ignored'`;
      const back = `shown_issues AS issues WHERE project_id = ? AND last_seen > ?2 AND reopened_at > ?2 AND first_seen <= ?2`;
      return {
        fresh: found(now, `${fresh} ORDER BY events DESC, id DESC LIMIT ?`, project, since, limit),
        freshCount: count(fresh, project, since),
        back: found(now, `${back} ORDER BY reopened_at DESC LIMIT ?3`, project, since, limit),
        backCount: count(back, project, since),
      };
    },
    async busiestIssues(projectId, fromHour, limit, now) {
      return found(
        now,
        // The sums of ids alone come first: to sort whole rows is slower.
        `(SELECT id AS top, (SELECT sum(count) FROM issue_hours WHERE issue_id = shown_issues.id AND hour >= ?2) AS total
          FROM shown_issues WHERE project_id = ?1 AND last_seen >= ?3 AND status = 'unresolved'
          ORDER BY total DESC, top DESC LIMIT ?4)
         JOIN shown_issues AS issues ON issues.id = top ORDER BY total DESC, top DESC`,
        Number(projectId),
        fromHour,
        fromHour * hourMs,
        limit,
      );
    },
    async projectHours(projectId, fromHour) {
      return database
        .all('SELECT hour, count FROM project_hours WHERE project_id = ? AND hour >= ?', Number(projectId), fromHour)
        .map((row): [number, number] => [Number(row['hour']), Number(row['count'])]);
    },
    async firstHour(projectId) {
      const row = database.get('SELECT min(hour) AS hour FROM project_hours WHERE project_id = ?', Number(projectId));
      return row?.['hour'] == null ? undefined : Number(row['hour']);
    },
    async projectValues(projectId, since) {
      return database
        .all(
          `SELECT * FROM (SELECT property, value, sum(count) AS count,
             row_number() OVER (PARTITION BY property ORDER BY sum(count) DESC, value) AS place
           FROM project_values WHERE day >= ? AND project_id = ? GROUP BY property, value) WHERE place <= ? ORDER BY property, place`,
          Math.floor(since / dayMs),
          Number(projectId),
          shownValues,
        )
        .map((row) => ({
          property: String(row['property']),
          value: String(row['value']),
          count: Number(row['count']),
        }));
    },
  };
}
