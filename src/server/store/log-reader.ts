import { setImmediate } from 'node:timers/promises';
import { levels, type Context } from '../../protocol/event.ts';
import type { Database, Row, Value } from './database.ts';
import { logConditions, type LogConditions } from './log-conditions.ts';
import type { KeptRecord, LogQuery, LogStore } from './log-store.ts';
import { placeOf, timeOf } from './log-writer.ts';

/** Records that are looked at in one go: some milliseconds, so that nobody else has to wait for it. */
const [firstSlice, maxSlice] = [1_000, 20_000];
/** Of one request: whoever wants to look further back asks again. */
const maxLookedAt = 2_000_000;

const columns = `place, log_records.project_id, log_records.id, received_at, level, logger, text, data, context_id`;

export function createLogReader(database: Database): Pick<LogStore, 'list' | 'find' | 'known' | 'noted'> {
  const contextOf = (id: Value) =>
    JSON.parse(String(database.get('SELECT json FROM log_contexts WHERE id = ?', id)?.['json'] ?? '{}')) as Context;
  const keptRecords = (rows: Row[]): KeptRecord[] => {
    const contexts = new Map<Value, Context>();
    return rows.map((row) => {
      const id = row['context_id'] ?? null;
      const context = contexts.get(id) ?? contextOf(id);
      contexts.set(id, context);
      return keptRecord(row, context);
    });
  };

  const atPlaces = (places: number[]) =>
    keptRecords(
      database.all(
        `SELECT ${columns} FROM log_records WHERE place IN (SELECT value FROM json_each(?)) ORDER BY place DESC`,
        JSON.stringify(places),
      ),
    );

  /** The index in the order of time is of one project; where there is only one, it is meant. */
  const ofOnlyProject = ({ projectId }: LogQuery) => {
    if (projectId !== undefined) return { projectId };
    const [first, other] = database.all('SELECT id FROM projects LIMIT 2');
    return first && !other ? { projectId: String(first['id']) } : {};
  };

  /** The places in one slice that meet the query, newest first, and where the slice ends; -1 at the end of all. */
  const look = (query: LogQuery, conditions: LogConditions, before: number, slice: number) => {
    const [inSlice, ...values] = candidatesOf(query, conditions, placeOf(query.since ?? 0), before);
    const sum = 'SELECT min(place) AS low, max(place) AS high, count(*) AS count';
    const row = database.get(`${sum} FROM (${inSlice} LIMIT ?)`, ...values, slice);
    if (row?.['low'] == null) return { places: [], low: -1 };
    const bounds = { low: Number(row['low']), high: Number(row['high']) + 1 };
    const { where } = conditions;
    const sql = ['true', ...where.map(([one]) => one)].join(' AND ');
    const [candidates, ...between] = candidatesOf(query, conditions, bounds.low, bounds.high);
    const places = database
      .all(
        `SELECT place FROM (${candidates}) AS records
         WHERE ${sql.replace(/:(low|high)/g, '?')} ORDER BY place DESC LIMIT ?`,
        ...[
          ...between,
          ...where.flatMap(([one, ...bound]) => (one.includes(':low') ? [...bound, bounds.low, bounds.high] : bound)),
        ],
        query.limit,
      )
      .map((found) => Number(found['place']));
    return { places, low: Number(row['count']) < slice ? -1 : bounds.low };
  };

  return {
    async list(wanted) {
      const query = { ...wanted, ...ofOnlyProject(wanted) };
      const conditions = logConditions(database, query);
      const places: number[] = [];
      let high = query.before ?? Number.MAX_SAFE_INTEGER;
      for (let slice = firstSlice, seen = 0; high > 0 && seen < maxLookedAt; slice = Math.min(slice * 4, maxSlice)) {
        const found = look({ ...query, limit: query.limit + 1 - places.length }, conditions, high, slice);
        places.push(...found.places);
        high = found.low;
        seen += slice;
        if (places.length > query.limit) break;
        await setImmediate();
      }
      const shown = places.slice(0, query.limit);
      const next = places.length > shown.length ? shown.at(-1) : high;
      return { records: atPlaces(shown), next: next !== undefined && next > 0 ? next : undefined };
    },
    async noted(after, limit) {
      const rows = database.all('SELECT * FROM noted_records WHERE seq > ? ORDER BY seq LIMIT ?', after, limit);
      const last = rows.at(-1);
      if (!last) return { records: [], upTo: after };
      const kept = new Map(atPlaces(rows.map((row) => Number(row['place']))).map((record) => [record.place, record]));
      return { records: rows.flatMap((row) => kept.get(Number(row['place'])) ?? []), upTo: Number(last['seq']) };
    },
    async find(id, projectId) {
      const rows = database.all(
        `SELECT ${columns} FROM log_records WHERE project_id IN (SELECT id FROM projects) AND id = ?1
         AND (?2 IS NULL OR project_id = ?2) ORDER BY place LIMIT 1`,
        id,
        projectId === undefined ? null : Number(projectId),
      );
      return keptRecords(rows)[0];
    },
    async known(property, begin, limit) {
      const end = `${begin}\u{10FFFF}`;
      const from =
        property === 'logger'
          ? ['SELECT min(name) FROM log_loggers WHERE name', '']
          : ['SELECT min(value) FROM log_values WHERE value', 'AND property = ?3'];
      // One look into the index for each, where DISTINCT would read all of it.
      const rows = database.all(
        `WITH RECURSIVE found (value) AS (
           SELECT (${from[0]} >= ?1 ${from[1]})
           UNION ALL SELECT (${from[0]} > found.value ${from[1]}) FROM found WHERE found.value < ?2
         ) SELECT value FROM found WHERE value < ?2 LIMIT ?4`,
        ...[begin, end, property, limit],
      );
      return rows.map((row) => String(row['value']));
    },
  };
}

/** Places from `low` to before `high` that a query can mean, newest first, with what conditions look at. */
function candidatesOf(
  { projectId }: LogQuery,
  { match, contexts, isSerious }: LogConditions,
  low: number,
  high: number,
): [string, ...Value[]] {
  const project = projectId === undefined ? [] : [Number(projectId)];
  const ofProject = project.length > 0 ? 'AND project_id = ?' : '';
  const columns = 'place, level, logger, context_id';
  if (match !== undefined) {
    return [
      `SELECT ${columns} FROM log_search CROSS JOIN log_records ON place = log_search.rowid WHERE log_search MATCH ?
       AND log_search.rowid >= ? AND log_search.rowid < ? ${ofProject} ORDER BY log_search.rowid DESC`,
      ...[match, low, high, ...project],
    ];
  }
  const index = contexts ? 'by_context' : isSerious ? 'serious' : projectId !== undefined ? 'scan' : undefined;
  return [
    `SELECT ${columns} FROM log_records ${index ? `INDEXED BY log_records_${index}` : ''} WHERE place >= ? AND place < ? ${ofProject}
     ${isSerious ? 'AND level >= 5' : ''} ${contexts ? 'AND context_id IN (SELECT value FROM json_each(?))' : ''} ORDER BY place DESC`,
    ...[low, high, ...project, ...(contexts ? [JSON.stringify(contexts)] : [])],
  ];
}

function keptRecord(row: Row, context: Context): KeptRecord {
  const place = Number(row['place']);
  return {
    place,
    projectId: String(row['project_id']),
    receivedAt: Number(row['received_at']),
    context,
    id: String(row['id']),
    at: timeOf(place),
    level: levels[Number(row['level'])] ?? 'info',
    logger: String(row['logger']),
    text: String(row['text']),
    ...(row['data'] != null && { data: JSON.parse(String(row['data'])) as Record<string, unknown> }),
  };
}
