import type { Value } from './database.ts';
import type { AssigneeTerm, CountTerm, SearchTerms, StateTerm, ValueTerm, WordsTerm } from './search-terms.ts';
import type { IssueQuery } from './store.ts';

type Condition = [sql: string, ...values: Value[]];

/** What an issue must meet, as SQL. */
export function issueConditions(query: SearchTerms & Partial<Pick<IssueQuery, 'projectId' | 'status'>>): {
  where: string;
  values: Value[];
} {
  const { projectId, status, words, values, states, assignees, counts } = query;
  const all: Condition[] = [
    ['true'],
    ...(projectId === undefined ? [] : [['project_id = ?', Number(projectId)] satisfies Condition]),
    ...(status ? [['status = ?', status] satisfies Condition] : []),
    ...states.map(ofState),
    ...assignees.map(ofAssignee),
    ...counts.flatMap(ofCount),
    ...ofWords(words),
    ...values.map(ofValue),
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

const found = `id IN (SELECT issue_id FROM issue_texts WHERE id IN (SELECT rowid FROM issue_search WHERE issue_search MATCH ?))`;

/** All that must be there stands in one text; nothing that must not be there stands in any. */
function ofWords(terms: WordsTerm[]): Condition[] {
  const wanted = terms.filter(({ isNot }) => !isNot);
  return [
    ...(wanted.length ? [[found, wanted.map(phrase).join(' ')] satisfies Condition] : []),
    ...terms.filter(({ isNot }) => isNot).map((term): Condition => [`NOT (${found})`, phrase(term)]),
  ];
}

const likeBegin = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`;

/**
 * A list of issues, made once: 20 ms for a browser in all its versions, which most of 10,000 issues have. To ask each issue
 * costs ten times as much, and seconds where it is asked for one of thousands of pages.
 */
const ofValue = ({ property, value, isNot }: ValueTerm): Condition => [
  `id ${isNot ? 'NOT ' : ''}IN (SELECT issue_id FROM value_counts WHERE value_id IN
   (SELECT id FROM value_names WHERE property = ? AND value LIKE ? ESCAPE '\\'))`,
  property,
  likeBegin(value),
];
