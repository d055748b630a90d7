import type { Database } from './database.ts';
import type { DigestedEvent } from './store.ts';

/** Different values of one property that an issue remembers. The rest is counted as `(others)`. */
const maxValues = 200;
export const others = '(others)';

export interface ValueCounts {
  add(issueId: number, event: DigestedEvent): void;
  write(): void;
}

/** A burst of like events has like values: they are summed up first. */
export function createValueCounts(database: Database): ValueCounts {
  const counts = new Map<string, { key: [number, string, string]; count: number }>();
  return {
    add(issueId, event) {
      for (const [property, value] of event.values) {
        const key: [number, string, string] = [issueId, property, value];
        const id = JSON.stringify(key);
        const entry = counts.get(id) ?? { key, count: 0 };
        entry.count += event.count;
        counts.set(id, entry);
      }
    },
    write() {
      for (const { key, count } of counts.values()) countValue(database, key, count);
    },
  };
}

function countValue(database: Database, [issueId, property, value]: [number, string, string], count: number): void {
  database.run(
    `INSERT INTO issue_values SELECT ?1, ?2, CASE WHEN
       (SELECT count(*) FROM issue_values WHERE issue_id = ?1 AND property = ?2) < ?5
       OR EXISTS (SELECT 1 FROM issue_values WHERE issue_id = ?1 AND property = ?2 AND value = ?3)
     THEN ?3 ELSE '${others}' END, ?4 WHERE true
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    issueId,
    property,
    value,
    count,
    maxValues,
  );
}
