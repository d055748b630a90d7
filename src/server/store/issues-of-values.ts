import type { Database } from './database.ts';
import type { ValueTerm } from './search-terms.ts';

const isOut = 255;

/**
 * The issues that meet all terms; with `isNot`, all but these meet them. Each value has its own list in the index: to put
 * those of a browser in all its versions together takes SQLite 15 ms, for 10,000 issues that nearly all have it, and here 5.
 * To ask each issue costs ten times as much, and seconds where it is asked for one of thousands of pages.
 */
export function issuesOfValues(database: Database, terms: ValueTerm[]): { isNot: boolean; ids: number[] } {
  const last = Number(database.get('SELECT max(id) AS id FROM issues')?.['id'] ?? 0);
  // How many of the terms an issue meets, or that it is out.
  const met = new Uint8Array(last + 1);
  const wanted = terms.filter(({ isNot }) => !isNot);
  wanted.forEach((term, nth) => {
    for (const id of issuesWith(database, term)) if (met[id] === nth) met[id] = nth + 1;
  });
  for (const term of terms) if (term.isNot) for (const id of issuesWith(database, term)) met[id] = isOut;
  const isNot = wanted.length === 0;
  const found = isNot ? isOut : wanted.length;
  const ids: number[] = [];
  met.forEach((count, id) => void (count === found && ids.push(id)));
  return { isNot, ids };
}

/** Some more than once. As one text they are read four times as fast as in rows. */
function issuesWith(database: Database, { property, value }: ValueTerm): number[] {
  const row = database.get(
    `SELECT json_group_array(issue_id) AS ids FROM value_counts WHERE value_id IN
     (SELECT id FROM value_names WHERE property = ? AND value LIKE ? ESCAPE '\\')`,
    property,
    likeBegin(value),
  );
  return JSON.parse(String(row?.['ids'])) as number[];
}

/** For `LIKE … ESCAPE '\'`. */
export const likeBegin = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`;
