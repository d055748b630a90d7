import type { Database, Value } from './database.ts';
import { issuesOfValues, likeBegin } from './issues-of-values.ts';
import type { AssigneeTerm, CountTerm, SearchTerms, StateTerm, ValueTerm, WordsTerm } from './search-terms.ts';
import type { IssueQuery } from './store.ts';

type Condition = [sql: string, ...values: Value[]];

/** What an issue must meet, as SQL. */
export function issueConditions(
  database: Database,
  query: SearchTerms & Partial<Pick<IssueQuery, 'projectId' | 'status'>>,
): { where: string; values: Value[] } {
  const { projectId, status, words, values, states, assignees, counts } = query;
  const all: Condition[] = [
    ['true'],
    ...(projectId === undefined ? [] : [['project_id = ?', Number(projectId)] satisfies Condition]),
    ...(status ? [['status = ?', status] satisfies Condition] : []),
    ...states.map(ofState),
    ...assignees.map(ofAssignee),
    ...counts.flatMap(ofCount),
    ...ofWords(words),
    ...ofValues(database, values),
  ];
  return { where: all.map(([sql]) => sql).join(' AND '), values: all.flatMap(([, ...bound]) => bound) };
}

const negated = (isNot: boolean, sql: string) => (isNot ? `NOT (${sql})` : sql);

const ofState = ({ state, isNot }: StateTerm): Condition =>
  state === 'assigned' ? [negated(isNot, 'assignee_id IS NOT NULL')] : [negated(isNot, 'status = ?'), state];

function ofAssignee({ id, name = '', isNot }: AssigneeTerm): Condition {
  if (id !== undefined) return [negated(isNot, 'assignee_id IS ?'), /^\d+$/.test(id) ? Number(id) : -1];
  const sql = `coalesce(assignee_id IN (SELECT id FROM people WHERE name LIKE ? ESCAPE '\\'), 0)`;
  return [negated(isNot, sql), likeBegin(name)];
}

const ofCount = ({ count, atLeast, atMost }: CountTerm): Condition[] => [
  ...(atLeast === undefined ? [] : [[`${count} >= ?`, atLeast] satisfies Condition]),
  ...(atMost === undefined ? [] : [[`${count} <= ?`, atMost] satisfies Condition]),
];

/** Quoted, words are only words to FTS5, whatever characters they have. */
const phrase = ({ words }: WordsTerm) => `"${words.join(' ').replaceAll('"', '""')}"*`;

/** The index of words first, whose order is that of the texts: SQLite would put it into a list of its own, half as quick. */
const found = `id IN (SELECT issue_id FROM issue_search CROSS JOIN issue_texts ON issue_texts.id = issue_search.rowid
 WHERE issue_search MATCH ?)`;

/** All that must be there stands in one text; nothing that must not be there stands in any. */
function ofWords(terms: WordsTerm[]): Condition[] {
  const wanted = terms.filter(({ isNot }) => !isNot);
  return [
    ...(wanted.length ? [[found, wanted.map(phrase).join(' ')] satisfies Condition] : []),
    ...terms.filter(({ isNot }) => isNot).map((term): Condition => [`NOT (${found})`, phrase(term)]),
  ];
}

function ofValues(database: Database, terms: ValueTerm[]): Condition[] {
  if (terms.length === 0) return [];
  const { isNot, ids } = issuesOfValues(database, terms);
  return [[`id ${isNot ? 'NOT ' : ''}IN (SELECT value FROM json_each(?))`, JSON.stringify(ids)]];
}
