import type { Database, Value } from './database.ts';
import type { Seen } from './seen.ts';
import type { DigestedEvent } from './store.ts';

/** Different values of one property that an issue remembers. The rest is counted as `(others)`. */
const maxValues = 100;
export const others = '(others)';

export interface ValueCounts {
  add(issueId: number, event: DigestedEvent): void;
  write(): void;
}

/** A burst of like events has like values: they are summed up first. */
export function createValueCounts(database: Database, seen: Seen): ValueCounts {
  const counts = new Map<number, Map<string, Value[]>>();
  const valuesOf = (issueId: number, property: string) =>
    seen.texts(`values ${issueId} ${property}`, () =>
      database
        .all('SELECT value FROM issue_values WHERE issue_id = ? AND property = ?', issueId, property)
        .map((row) => String(row['value'])),
    );
  const countedAs = (issueId: number, property: string, value: string) => {
    const known = valuesOf(issueId, property);
    if (known.has(value)) return value;
    if (known.size >= maxValues) return others;
    known.add(value);
    return value;
  };
  return {
    add(issueId, event) {
      let ofIssue = counts.get(issueId);
      if (!ofIssue) counts.set(issueId, (ofIssue = new Map()));
      for (const [property, value] of event.values) {
        const counted = countedAs(issueId, property, value);
        const row = ofIssue.get(`${property}\0${counted}`);
        if (row) row[3] = Number(row[3]) + event.count;
        else ofIssue.set(`${property}\0${counted}`, [issueId, property, counted, event.count]);
      }
    },
    write() {
      database.insert(
        'INSERT INTO issue_values VALUES * ON CONFLICT DO UPDATE SET count = count + excluded.count',
        [...counts.values()].flatMap((ofIssue) => [...ofIssue.values()]),
      );
    },
  };
}
