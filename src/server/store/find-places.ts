import { setImmediate } from 'node:timers/promises';
import type { Database, Row, Value } from './database.ts';
import { logConditions, type LogConditions } from './log-conditions.ts';
import type { LogQuery } from './log-store.ts';
import { placeOf } from './log-writer.ts';
import { createWordsMatch, tokensOf } from './match-words.ts';
import type { WordsTerm } from './search-terms.ts';

/** Records that are looked at in one go: some milliseconds, so that nobody else has to wait for it. */
const [firstSlice, maxSlice] = [1_000, 20_000];
/** Of one request, some 40 ms at most: whoever wants to look further back asks again. To read a text costs as much as to look at five records. */
const [maxCost, textCost] = [80_000, 5];
/** To look up a word costs as much as there are records that have it: it is worth it for words that fewer than this part have. */
const rarePart = 0.3;
const wordsLookedUp = 2;
const readAtOnce = 250;

/** What one look has found, newest first; where the next one begins, -1 at the end of all; and what it has cost. */
interface Look {
  places: number[];
  low: number;
  cost: number;
}

/** Where the look is made: in all that the conditions leave, or in what the index has of some words. */
interface Search {
  database: Database;
  query: LogQuery;
  conditions: LogConditions;
  words: Word[];
}

interface Word extends WordsTerm {
  isIn(texts: string[][]): boolean;
  /** In how many of the texts that were read. */
  seen: number;
}

/**
 * The places of records that a query finds, newest first. `next` is the place to go on before. Words are first looked for in
 * the newest thousand records: those of a common word are there, and of several words it shows which are rare.
 */
export async function findPlaces(
  database: Database,
  query: LogQuery,
): Promise<{ places: number[]; next: number | undefined }> {
  const conditions = logConditions(database, query);
  if (conditions.isNothing) return { places: [], next: undefined };
  const words = query.words.map((term) => ({ ...term, isIn: createWordsMatch(term), seen: 0 }));
  const search: Search = { database, query, conditions, words };
  const places: number[] = [];
  let high = query.before ?? Number.MAX_SAFE_INTEGER;
  let rare: Word[] | undefined;
  for (let slice = firstSlice, cost = 0; high > 0 && cost < maxCost; slice = Math.min(slice * 4, maxSlice)) {
    const limit = query.limit + 1 - places.length;
    const isFirst = cost === 0;
    const look = rare?.length
      ? lookInIndex(search, rare, high, slice, limit)
      : words.length > 0
        ? lookAtTexts(search, high, isFirst ? slice : Math.ceil(slice / textCost), limit, isFirst)
        : lookAtAll(search, high, slice, limit);
    rare ??= conditions.contexts ? [] : rareWords(search, firstSlice);
    places.push(...look.places);
    high = look.low;
    cost += look.cost;
    if (places.length > query.limit) break;
    await setImmediate();
  }
  const shown = places.slice(0, query.limit);
  const next = places.length > shown.length ? shown.at(-1) : high;
  return { places: shown, next: next !== undefined && next > 0 ? next : undefined };
}

function rareWords({ words }: Search, looked: number): Word[] {
  const wanted = words.filter(({ isNot, seen }) => !isNot && seen < rarePart * looked);
  return wanted.sort((a, b) => a.seen - b.seen).slice(0, wordsLookedUp);
}

/** Without words, an index has all that is asked for. */
function lookAtAll({ database, query, conditions }: Search, high: number, slice: number, limit: number): Look {
  const [candidates, ...bound] = candidatesOf(query, conditions, high);
  const places = database
    .all(
      `SELECT place FROM (${candidates} LIMIT ?) AS records WHERE ${conditions.ofMany.sql} ORDER BY place DESC LIMIT ?`,
      ...[...bound, slice, ...conditions.ofMany.values, limit],
    )
    .map((row) => Number(row['place']));
  const low = places.length < limit ? endOf(database, [candidates, ...bound], slice) : (places.at(-1) ?? -1);
  return { places, low, cost: slice * conditions.cost };
}

/** Reads the texts of what the conditions leave; with `isSample` all of them, to see how common each word is. */
function lookAtTexts(search: Search, high: number, slice: number, limit: number, isSample: boolean): Look {
  const { database, query, conditions, words } = search;
  const [candidates, ...bound] = candidatesOf(query, conditions, high);
  const { sql: where, values } = conditions.ofMany;
  const [fits, bounds] = isSample ? [where, [...values, ...bound, slice]] : ['true', [...bound, slice, ...values]];
  const rows = database.all(
    `SELECT place, fits, text, data FROM (
       SELECT place AS found, ${fits} AS fits FROM (${candidates} LIMIT ?) AS records WHERE ${isSample ? 'true' : where}
     ) CROSS JOIN log_records ON place = found ORDER BY place DESC`,
    ...bounds,
  );
  const places: number[] = [];
  for (const row of rows) {
    if (isMet(words, row) && row['fits'] === 1 && places.push(Number(row['place'])) === limit) break;
  }
  const low = places.length < limit ? endOf(database, [candidates, ...bound], slice) : (places.at(-1) ?? -1);
  return { places, low, cost: slice * conditions.cost + rows.length * textCost };
}

/** Reads the texts of records that have the rare words. */
function lookInIndex(search: Search, rare: Word[], high: number, slice: number, limit: number): Look {
  const { database, query, conditions, words } = search;
  const found = database
    .all(
      `SELECT rowid AS place FROM log_search WHERE log_search MATCH ? AND rowid >= ? AND rowid < ?
       ORDER BY rowid DESC LIMIT ?`,
      ...[rare.map(phrase).join(' '), placeOf(query.since ?? 0), high, slice],
    )
    .map((row) => Number(row['place']));
  const others = words.filter((word) => !rare.includes(word));
  const [ofProject, project] = projectOf(query);
  const places: number[] = [];
  let from = 0;
  for (; from < found.length && places.length < limit; from += readAtOnce) {
    const rows = database.all(
      `SELECT place, text, data FROM log_records AS records WHERE place IN (SELECT value FROM json_each(?)) ${ofProject}
       AND ${conditions.ofFew.sql} ORDER BY place DESC`,
      ...[JSON.stringify(found.slice(from, from + readAtOnce)), ...project, ...conditions.ofFew.values],
    );
    for (const row of rows) if (places.length < limit && isMet(others, row)) places.push(Number(row['place']));
  }
  const end = found.length < slice ? -1 : (found.at(-1) ?? -1);
  return { places, low: places.length < limit ? end : (places.at(-1) ?? -1), cost: from * textCost };
}

/** Looks at every word, so that each is counted. */
function isMet(words: Word[], { text, data = null }: Row): boolean {
  const texts = [text, data].filter((each) => typeof each === 'string').map(tokensOf);
  let missed = 0;
  for (const word of words) {
    const isThere = word.isIn(texts);
    word.seen += Number(isThere);
    missed += Number(isThere === word.isNot);
  }
  return missed === 0;
}

/** Quoted, words are only words to FTS5, whatever characters they have. */
const phrase = ({ words }: WordsTerm) => `"${words.join(' ').replaceAll('"', '""')}"*`;

/** The last of so many. */
function endOf(database: Database, [candidates, ...bound]: Candidates, slice: number): number {
  const row = database.get(`SELECT place FROM (${candidates}) LIMIT 1 OFFSET ?`, ...bound, slice - 1);
  return row ? Number(row['place']) : -1;
}

type Candidates = [string, ...Value[]];

/** Places before `high` that a query can mean, newest first, with what conditions look at. */
function candidatesOf(query: LogQuery, { contexts, isSerious }: LogConditions, high: number): Candidates {
  const [ofProject, project] = projectOf(query);
  const index = contexts ? 'by_context' : isSerious ? 'serious' : project.length > 0 ? 'scan' : undefined;
  return [
    `SELECT place, level, logger, context_id FROM log_records ${index ? `INDEXED BY log_records_${index}` : ''}
     WHERE place >= ? AND place < ? ${ofProject} ${isSerious ? 'AND level >= 5' : ''}
     ${contexts ? 'AND context_id IN (SELECT value FROM json_each(?))' : ''} ORDER BY place DESC`,
    ...[placeOf(query.since ?? 0), high, ...project, ...(contexts ? [contexts] : [])],
  ];
}

const projectOf = ({ projectId }: LogQuery): [string, number[]] =>
  projectId === undefined ? ['', []] : ['AND project_id = ?', [Number(projectId)]];
