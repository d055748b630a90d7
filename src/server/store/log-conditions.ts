import { levels } from '../../protocol/event.ts';
import type { Database, Value } from './database.ts';
import type { LevelTerm, LoggerTerm, LogTerms } from './log-store.ts';
import type { ValueTerm } from './search-terms.ts';

type Condition = [sql: string, ...values: Value[]];

export interface LogConditions {
  /** The few contexts that it can be in, as JSON; undefined for many. */
  contexts: string | undefined;
  /** Errors and worse only: they have an index of their own. */
  isSerious: boolean;
  /** There is no such logger. */
  isNothing: boolean;
  /** Without the words, for thousands of records. */
  ofMany: Where;
  /** The same for so few that no list is worth making. */
  ofFew: Where;
  /** What it costs to see whether one of many meets it: each value without a list as much as the record itself. */
  cost: number;
}

export interface Where {
  sql: string;
  values: Value[];
}

/** So many contexts are looked through one by one rather than all records. */
const fewContexts = 500;
/** Up to here a list of them, made in 1 ms, is asked three times as fast as the index of values. */
const listedContexts = 10_000;

/** What a record must meet, as SQL about `records` with level, logger and context_id. */
export function logConditions(database: Database, { values, levels: ofLevels, loggers }: LogTerms): LogConditions {
  const listed = values.map((term) => listContexts(database, term));
  const few = listed.flatMap((list, nth) => (list && list.count <= fewContexts && !values[nth]?.isNot ? list : []));
  const others = [...ofLevels.map(ofLevel), ...loggers.map((term) => ofLogger(term, 'logger'))];
  return {
    contexts: few.sort((a, b) => a.count - b.count)[0]?.ids,
    isSerious: ofLevels.some(
      (term) => !term.isNot && term.levels.every((level) => level === 'error' || level === 'critical'),
    ),
    isNothing: loggers.some((term) => !term.isNot && !isKnown(database, term)),
    ofMany: allOf([...others, ...values.map((term, nth) => (listed[nth] ? ofList(term, listed[nth]) : ofValue(term)))]),
    ofFew: allOf([...others, ...values.map(ofValue)]),
    cost: 1 + listed.filter((list) => !list).length,
  };
}

const allOf = (conditions: Condition[]): Where => ({
  sql: ['true', ...conditions.map(([sql]) => `(${sql})`)].join(' AND '),
  values: conditions.flatMap(([, ...bound]) => bound),
});

function isKnown(database: Database, term: LoggerTerm): boolean {
  const [sql, ...values] = ofLogger(term, 'name');
  return database.get(`SELECT 1 FROM log_loggers WHERE ${sql} LIMIT 1`, ...values) !== undefined;
}

const upTo = (begin: string) => `${begin}\u{10FFFF}`;

interface List {
  count: number;
  /** As JSON. */
  ids: string;
}

/** Those with such a value, unless they are very many. */
function listContexts(database: Database, { property, value }: ValueTerm): List | undefined {
  const row = database.get(
    `SELECT count(*) AS count, json_group_array(context_id) AS ids FROM (
       SELECT context_id FROM log_values WHERE property = ? AND value >= ? AND value < ? LIMIT ?)`,
    ...[property, value, upTo(value), listedContexts + 1],
  );
  const count = Number(row?.['count']);
  return count > listedContexts ? undefined : { count, ids: String(row?.['ids']) };
}

const negated = (isNot: boolean, sql: string) => (isNot ? `NOT (${sql})` : sql);

const ofLevel = ({ levels: wanted, isNot }: LevelTerm): Condition => [
  negated(isNot, `level IN (${wanted.map((level) => levels.indexOf(level)).join()})`),
];

function ofLogger({ name, isTree, isNot }: LoggerTerm, column: string): Condition {
  const begin = name.replace(/[\\%_]/g, '\\$&');
  const isLike = String.raw`${column} LIKE ? ESCAPE '\'`;
  if (!isTree) return [negated(isNot, isLike), `${begin}%`];
  return [negated(isNot, `${isLike} OR ${isLike}`), begin, `${begin}.%`];
}

const ofList = ({ isNot }: ValueTerm, { ids }: List): Condition => [
  negated(isNot, 'context_id IN (SELECT value FROM json_each(?))'),
  ids,
];

const ofValue = ({ property, value, isNot }: ValueTerm): Condition => [
  negated(
    isNot,
    'EXISTS (SELECT 1 FROM log_values AS v WHERE v.context_id = records.context_id AND property = ? AND value >= ? AND value < ?)',
  ),
  ...[property, value, upTo(value)],
];
