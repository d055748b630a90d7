import type { Database, Value } from './database.ts';
import type { Seen } from './seen.ts';
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

/** A pair of an issue and a value as one number, which is exact for up to 33 million issues. */
const maxValueId = 2 ** 28;

/** A burst of like events has like values: they are summed up first. */
export function createValueCounts(database: Database, seen: Seen): ValueCounts {
  // A pair for each value of each event; those that count for more, and by how much. A map for each issue would be garbage of a whole transaction.
  let pairs = new Float64Array(4_096);
  let length = 0;
  const more = new Map<number, number>();
  const idOf = (property: string, value: string): number => {
    const ids = numbersOf(seen, property);
    let id = ids.get(value);
    if (id === undefined) {
      ids.set(value, (id = numberOf(database, property, value)));
      seen.grow(1);
    }
    return id;
  };
  const countedAs = (issueId: number, ofProperty: Map<string, number>, property: string, value: string): number => {
    const known = seen.valueIds.get(property)?.get(value);
    if (known !== undefined && seen.isKnownValue(issueId, known)) return known;
    const count = ofProperty.get(property) ?? 0;
    const id = idOf(property, count < maxValues ? value : others);
    if (seen.isNewValue(issueId, id)) ofProperty.set(property, count + 1);
    return id;
  };
  const count = (pair: number, events: number) => {
    if (length === pairs.length) {
      const longer = new Float64Array(2 * length);
      longer.set(pairs);
      pairs = longer;
    }
    pairs[length++] = pair;
    if (events > 1) more.set(pair, (more.get(pair) ?? 0) + events - 1);
  };
  return {
    add(issueId, event) {
      const ofProperty = valuesOf(database, issueId, seen);
      for (const [property, value] of event.values) {
        count(issueId * maxValueId + countedAs(issueId, ofProperty, property, value), event.count);
      }
    },
    write() {
      // In the order of the table: what stands on one page is written together.
      const sorted = pairs.subarray(0, length).sort();
      const rows: Value[] = [];
      for (let from = 0, to = 0; from < length; from = to) {
        const pair = sorted[from] ?? 0;
        while (sorted[to] === pair) to++;
        rows.push(Math.floor(pair / maxValueId), pair % maxValueId, to - from + (more.get(pair) ?? 0));
      }
      database.insertFlat(
        'INSERT INTO value_counts VALUES * ON CONFLICT DO UPDATE SET count = count + excluded.count',
        3,
        rows,
      );
    },
    forget() {
      length = 0;
      more.clear();
    },
  };
}

/** How many of each property an issue has. */
function valuesOf(database: Database, issueId: number, seen: Seen): Map<string, number> {
  const issue = seen.issue(issueId);
  if (issue.values) return issue.values;
  const ofProperty = new Map<string, number>();
  const rows = database.all(
    'SELECT value_id, property, value FROM value_counts JOIN value_names ON value_names.id = value_id WHERE issue_id = ?',
    issueId,
  );
  for (const { value_id: id, property, value } of rows) {
    const name = String(property);
    seen.isNewValue(issueId, Number(id));
    ofProperty.set(name, (ofProperty.get(name) ?? 0) + 1);
    numbersOf(seen, name).set(String(value), Number(id));
  }
  seen.grow(rows.length);
  return (issue.values = ofProperty);
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
