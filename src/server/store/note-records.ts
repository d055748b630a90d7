import type { Database } from './database.ts';

/** Notes new records, in the transaction that keeps them, where a rule searches the records of their project. */
export function noteRecords(database: Database, project: number, places: number[]): void {
  const isSearched = database.get(
    `SELECT 1 FROM rules WHERE project_id = ? AND settings ->> '$.trigger.in' = 'records'
     AND settings ->> '$.isEnabled' LIMIT 1`,
    project,
  );
  if (isSearched) {
    database.insert(
      'INSERT INTO noted_records (place) VALUES *',
      places.map((place) => [place]),
    );
  }
}
