import { levels } from '../../protocol/event.ts';
import type { Database, Value } from './database.ts';
import type { LevelTerm, LoggerTerm, LogTerms } from './log-store.ts';
import type { ValueTerm } from './search-terms.ts';

type Condition = [sql: string, ...values: Value[]];

export interface LogConditions {
  /** The few contexts that it can be in; undefined for many. */
  contexts: number[] | undefined;
  /** Errors and worse only: they have an index of their own. */
  isSerious: boolean;
  /** There is no such logger. */
  isNothing: boolean;
  /** Without the words. */
  where: string;
  values: Value[];
}

/** So many contexts are looked through one by one rather than all records. */
const fewContexts = 500;

/** What a record must meet, as SQL about `records` with level, logger and context_id. */
export function logConditions(database: Database, { values, levels: ofLevels, loggers }: LogTerms): LogConditions {
  const contextsOf = values.map((term) => (term.isNot ? undefined : someContexts(database, term)));
  const contexts = contextsOf.filter((each) => each !== undefined).sort((a, b) => a.length - b.length)[0];
  const where = [...ofLevels.map(ofLevel), ...loggers.map((term) => ofLogger(term, 'logger')), ...values.map(ofValue)];
  return {
    contexts,
    isSerious: ofLevels.some(
      (term) => !term.isNot && term.levels.every((level) => level === 'error' || level === 'critical'),
    ),
    isNothing: loggers.some((term) => !term.isNot && !isKnown(database, term)),
    where: ['true', ...where.map(([sql]) => `(${sql})`)].join(' AND '),
    values: where.flatMap(([, ...bound]) => bound),
  };
}

function isKnown(database: Database, term: LoggerTerm): boolean {
  const [sql, ...values] = ofLogger(term, 'name');
  return database.get(`SELECT 1 FROM log_loggers WHERE ${sql} LIMIT 1`, ...values) !== undefined;
}

const upTo = (begin: string) => `${begin}\u{10FFFF}`;

/** Those with such a value if they are few. */
function someContexts(database: Database, { property, value }: ValueTerm): number[] | undefined {
  const found = database.all(
    'SELECT DISTINCT context_id FROM log_values WHERE property = ? AND value >= ? AND value < ? LIMIT ?',
    ...[property, value, upTo(value), fewContexts + 1],
  );
  return found.length > fewContexts ? undefined : found.map((row) => Number(row['context_id']));
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

const ofValue = ({ property, value, isNot }: ValueTerm): Condition => [
  negated(
    isNot,
    'EXISTS (SELECT 1 FROM log_values AS v WHERE v.context_id = records.context_id AND property = ? AND value >= ? AND value < ?)',
  ),
  ...[property, value, upTo(value)],
];
