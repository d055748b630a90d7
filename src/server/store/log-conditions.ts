import { levels } from '../../protocol/event.ts';
import type { Database, Value } from './database.ts';
import type { LevelTerm, LoggerTerm, LogTerms } from './log-store.ts';
import type { ValueTerm, WordsTerm } from './search-terms.ts';

type Condition = [sql: string, ...values: Value[]];

export interface LogConditions {
  /** Where to look: the few contexts that it can be in, or else the words that must be there, or else the whole time. */
  contexts: number[] | undefined;
  match: string | undefined;
  /** Errors and worse only: they have an index of their own. */
  isSerious: boolean;
  where: Condition[];
}

/** So many contexts are looked through one by one rather than all records. */
const fewContexts = 500;

/** What a record must meet, as SQL about `records` with place, level, logger and context_id; `:low` and `:high` bound the place. */
export function logConditions(
  database: Database,
  { words, values, levels: ofLevels, loggers }: LogTerms,
): LogConditions {
  const wanted = words.filter(({ isNot }) => !isNot);
  const contextsOf = values.map((term) => (term.isNot ? undefined : someContexts(database, term)));
  const contexts = contextsOf.filter((each) => each !== undefined).sort((a, b) => a.length - b.length)[0];
  const match = wanted.length > 0 ? wanted.map(phrase).join(' ') : undefined;
  return {
    contexts,
    match: contexts ? undefined : match,
    isSerious: ofLevels.some(
      (term) => !term.isNot && term.levels.every((level) => level === 'error' || level === 'critical'),
    ),
    where: [
      ...ofLevels.map(ofLevel),
      ...loggers.map(ofLogger),
      ...values.map(ofValue),
      ...(contexts && match !== undefined ? [[`place IN (${found})`, match] satisfies Condition] : []),
      ...words.filter(({ isNot }) => isNot).map((term): Condition => [`place NOT IN (${found})`, phrase(term)]),
    ],
  };
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

function ofLogger({ name, isTree, isNot }: LoggerTerm): Condition {
  const begin = name.replace(/[\\%_]/g, '\\$&');
  if (!isTree) return [negated(isNot, String.raw`logger LIKE ? ESCAPE '\'`), `${begin}%`];
  return [negated(isNot, String.raw`logger LIKE ? ESCAPE '\' OR logger LIKE ? ESCAPE '\'`), begin, `${begin}.%`];
}

const ofValue = ({ property, value, isNot }: ValueTerm): Condition => [
  negated(
    isNot,
    'EXISTS (SELECT 1 FROM log_values AS v WHERE v.context_id = records.context_id AND property = ? AND value >= ? AND value < ?)',
  ),
  ...[property, value, upTo(value)],
];

/** Quoted, words are only words to FTS5, whatever characters they have. */
const phrase = ({ words }: WordsTerm) => `"${words.join(' ').replaceAll('"', '""')}"*`;

/** Of the slice that is looked at only: a common word is in a million records. */
const found = 'SELECT rowid FROM log_search WHERE log_search MATCH ? AND rowid >= :low AND rowid < :high';
