import type { Database, Value } from './database.ts';
import type { Seen, SeenIssue } from './seen.ts';
import type { DigestedEvent } from './store.ts';

/** Different values of one property that an issue remembers. The rest is counted as `(others)`. */
const maxValues = 100;
export const others = '(others)';

export interface ValueCounts {
  add(issueId: number, event: DigestedEvent): void;
  /** In a transaction; `forget` when that has ended, well or not. */
  write(): void;
  forget(): void;
}

type KnownValues = NonNullable<SeenIssue['values']>;

/** A burst of like events has like values: they are summed up first. */
export function createValueCounts(database: Database, seen: Seen): ValueCounts {
  const counts = new Map<number, Map<number, number>>();
  const idOf = (property: string, value: string): number => {
    const ids = numbersOf(seen, property);
    let id = ids.get(value);
    if (id === undefined) {
      ids.set(value, (id = numberOf(database, property, value)));
      seen.grow(1);
    }
    return id;
  };
  const countedAs = (known: KnownValues, property: string, value: string): number => {
    const id = seen.valueIds.get(property)?.get(value);
    if (id !== undefined && known.ids.has(id)) return id;
    const count = known.ofProperty.get(property) ?? 0;
    return remember(known, property, idOf(property, count < maxValues ? value : others), count);
  };
  const remember = (known: KnownValues, property: string, id: number, count: number) => {
    if (!seen.isNew(known.ids, id)) return id;
    known.ofProperty.set(property, count + 1);
    return id;
  };
  return {
    add(issueId, event) {
      const issue = seen.issue(issueId);
      const known = (issue.values ??= load(database, issueId, seen));
      let ofIssue = counts.get(issueId);
      if (!ofIssue) counts.set(issueId, (ofIssue = new Map()));
      for (const [property, value] of event.values) {
        const id = countedAs(known, property, value);
        ofIssue.set(id, (ofIssue.get(id) ?? 0) + event.count);
      }
    },
    write() {
      // In the order of the table: what stands on one page is written together.
      const rows: Value[] = [];
      for (const issueId of inOrder(counts)) {
        const ofIssue = counts.get(issueId) as Map<number, number>;
        for (const id of inOrder(ofIssue)) rows.push(issueId, id, ofIssue.get(id) ?? 0);
      }
      database.insertFlat(
        'INSERT INTO value_counts VALUES * ON CONFLICT DO UPDATE SET count = count + excluded.count',
        3,
        rows,
      );
    },
    forget: () => counts.clear(),
  };
}

const inOrder = (sums: Map<number, unknown>) => Uint32Array.from(sums.keys()).sort();

function load(database: Database, issueId: number, seen: Seen): KnownValues {
  const known: KnownValues = { ids: new Set(), ofProperty: new Map() };
  const rows = database.all(
    'SELECT value_id, property, value FROM value_counts JOIN value_names ON value_names.id = value_id WHERE issue_id = ?',
    issueId,
  );
  for (const { value_id: id, property, value } of rows) {
    const name = String(property);
    known.ids.add(Number(id));
    known.ofProperty.set(name, (known.ofProperty.get(name) ?? 0) + 1);
    numbersOf(seen, name).set(String(value), Number(id));
  }
  seen.grow(2 * rows.length);
  return known;
}

function numbersOf({ valueIds }: Seen, property: string): Map<string, number> {
  let ids = valueIds.get(property);
  if (!ids) valueIds.set(property, (ids = new Map()));
  return ids;
}

/** By the index of all spellings: one of the exact texts beside it would be as large. To be given the value twice. */
export const valueNumber = 'SELECT id FROM value_names WHERE property = ? AND value = ? COLLATE NOCASE AND value = ?';

function numberOf(database: Database, property: string, value: string): number {
  const known = database.get(valueNumber, property, value, value);
  if (known) return Number(known['id']);
  return database.run('INSERT INTO value_names (property, value) VALUES (?, ?)', property, value).lastId;
}
