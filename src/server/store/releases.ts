import type { Database, Row } from './database.ts';
import { issueSummaries } from './issues.ts';
import type { FoundRelease, ReleaseStore } from './store.ts';

/** The index of values is one of all spellings. */
const isValue = (value: string) => `value = ${value} COLLATE NOCASE AND value = ${value}`;

/** Releases as their events told them, with what is known of their issues and maps. */
export function createReleaseStore(database: Database): ReleaseStore {
  const select = `SELECT releases.*,
    (SELECT count(*) FROM shown_issues AS issues WHERE issues.project_id = releases.project_id AND first_release = name) AS new_issues,
    (SELECT count(*) FROM artifacts
     WHERE artifacts.project_id = releases.project_id AND release = name AND kind = 'map') AS maps FROM releases`;
  const issues = (now: number, rest: string, ...values: (string | number)[]) =>
    issueSummaries(database, database.all(`SELECT issues.* FROM shown_issues AS issues ${rest}`, ...values), now);
  const occursIn = (release: string) =>
    `EXISTS (SELECT 1 FROM issue_values WHERE property = 'release' AND ${isValue(release)} AND issue_id = issues.id)`;

  return {
    async releases(projectId, limit, after) {
      const [time, name] = after ?? [Number.MAX_SAFE_INTEGER, ''];
      return database
        .all(
          `${select} WHERE project_id = ? AND (first_seen, name) < (?, ?) ORDER BY first_seen DESC, name DESC LIMIT ?`,
          Number(projectId),
          time,
          name,
          limit,
        )
        .map(release);
    },
    async release(projectId, name) {
      const row = database.get(`${select} WHERE project_id = ? AND name = ?`, Number(projectId), name);
      return row && release(row);
    },
    async releaseBefore(projectId, { name, firstSeen }) {
      const row = database.get(
        `SELECT name FROM releases WHERE project_id = ? AND (first_seen, name) < (?, ?)
         ORDER BY first_seen DESC, name DESC LIMIT 1`,
        Number(projectId),
        firstSeen,
        name,
      );
      return row && String(row['name']);
    },
    async releaseIssues(projectId, name, before, limit, now) {
      const project = Number(projectId);
      const busiestFirst = `ORDER BY events DESC, id DESC LIMIT`;
      return {
        brought: issues(now, `WHERE project_id = ? AND first_release = ? ${busiestFirst} ?`, project, name, limit),
        back: issues(
          now,
          `WHERE project_id = ?1 AND reopened_release = ?2 AND ${occursIn('?2')} ${busiestFirst} ?3`,
          project,
          name,
          limit,
        ),
        gone:
          before === undefined
            ? []
            : issues(
                now,
                `JOIN issue_values ON property = 'release' AND ${isValue('?3')} AND issue_id = issues.id
                 WHERE project_id = ?1 AND NOT ${occursIn('?2')} ORDER BY issue_values.count DESC, id DESC LIMIT ?4`,
                project,
                name,
                before,
                limit,
              ),
      };
    },
    async unresolvedOf(projectId, name, limit) {
      return database
        .all(
          `SELECT basename, count(*) AS issues FROM issue_values
           JOIN unresolved_files USING (issue_id) JOIN shown_issues ON shown_issues.id = issue_id
           WHERE property = 'release' AND ${isValue('?1')} AND unresolved_files.project_id = ?2 GROUP BY basename ORDER BY 2 DESC, 1 LIMIT ?3`,
          name,
          Number(projectId),
          limit,
        )
        .map((row) => ({ file: String(row['basename']), issues: Number(row['issues']) }));
    },
  };
}

function release(row: Row): FoundRelease {
  return {
    name: String(row['name']),
    firstSeen: Number(row['first_seen']),
    lastSeen: Number(row['last_seen']),
    events: Number(row['events']),
    users: Number(row['users']),
    newIssues: Number(row['new_issues']),
    maps: Number(row['maps']),
  };
}
