import { levels, type Context } from '../../protocol/event.ts';
import type { Database, Row, Value } from './database.ts';
import { findPlaces } from './find-places.ts';
import type { KeptRecord, LogQuery, LogStore } from './log-store.ts';
import { timeOf } from './log-writer.ts';

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

  return {
    async list(wanted) {
      const { places, next } = await findPlaces(database, { ...wanted, ...ofOnlyProject(wanted) });
      return { records: atPlaces(places), next };
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
