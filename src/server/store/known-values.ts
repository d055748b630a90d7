import type { Database } from './database.ts';
import type { RecordStore } from './store.ts';

/** More would be counted for nothing: who types goes on typing. */
const maxCounted = 20_000;

/** What the search can be completed to. */
export function createKnownValues(database: Database): Pick<RecordStore, 'knownValues' | 'knownProperties'> {
  return {
    async knownValues(property, begin, limit, projectId) {
      return database
        .all(
          `SELECT value, count(*) AS issues FROM (
             SELECT value FROM issue_values JOIN shown_issues AS issues ON issues.id = issue_id
             WHERE property = ?1 AND value >= ?2 COLLATE NOCASE AND value < ?2 || char(1114111) COLLATE NOCASE
             AND value <> '(others)' AND (?4 IS NULL OR project_id = ?4) LIMIT ${maxCounted}
           ) GROUP BY value ORDER BY issues DESC, value LIMIT ?3`,
          property,
          begin,
          limit,
          projectId === undefined ? null : Number(projectId),
        )
        .map((row) => ({ value: String(row['value']), issues: Number(row['issues']) }));
    },
    async knownProperties() {
      // One look into the index for each, where DISTINCT would read all of it.
      return database
        .all(
          `WITH RECURSIVE names (name) AS (
             SELECT min(property) FROM value_names
             UNION ALL SELECT (SELECT min(property) FROM value_names WHERE property > name) FROM names WHERE name IS NOT NULL
           ) SELECT name FROM names WHERE name IS NOT NULL LIMIT 500`,
        )
        .map((row) => String(row['name']));
    },
  };
}
