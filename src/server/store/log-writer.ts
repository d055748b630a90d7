import { hash } from 'node:crypto';
import { levels, type Context } from '../../protocol/event.ts';
import type { Database } from './database.ts';
import type { ArrivedLog, ArrivedRecord, KeptRecord } from './log-store.ts';
import { noteRecords } from './note-records.ts';

/** Records of one millisecond; more go into the next. Places stay whole numbers of a double until 2109. */
export const placesPerMs = 2_048;

/** The first place of a time. */
export const placeOf = (ms: number) => ms * placesPerMs;
export const timeOf = (place: number) => Math.floor(place / placesPerMs);

export interface LogWriter {
  /** Writes what is new of it; to be called in a transaction. Answers with what was new. */
  write(projectId: string, log: ArrivedLog, receivedAt: number): KeptRecord[];
}

/** How much the time that stands beside a logger's name may lag behind: it is not written for every record. */
const hourMs = 3_600_000;

export function createLogWriter(database: Database): LogWriter {
  const isFree = (place: number) => !database.get('SELECT 1 FROM log_records WHERE place = ?', place);
  const lastOf = (ms: number) =>
    database.get(
      'SELECT max(place) AS place FROM log_records WHERE place >= ? AND place < ?',
      placeOf(ms),
      placeOf(ms + 1),
    )?.['place'];
  // Of the place given last: those of one batch are often of one millisecond, and full ones need not be tried again.
  let next = 0;
  let nextOf = -1;
  const freePlace = (ms: number): number => {
    if (ms === nextOf && isFree(next)) return next++;
    let full = ms;
    let last = lastOf(full);
    while (last != null && Number(last) + 1 >= placeOf(full + 1)) last = lastOf(++full);
    nextOf = ms;
    next = last == null ? placeOf(full) : Number(last) + 1;
    return next++;
  };

  const contextId = (project: number, { context, user, values }: ArrivedLog) => {
    const digest = hash('sha256', context, 'buffer').subarray(0, 16);
    const known = database.get('SELECT id FROM log_contexts WHERE project_id = ? AND hash = ?', project, digest);
    if (known) return Number(known['id']);
    const { lastId } = database.run(
      'INSERT INTO log_contexts (project_id, hash, user, json) VALUES (?, ?, ?, ?)',
      project,
      digest,
      user ?? null,
      context,
    );
    database.insert(
      'INSERT OR IGNORE INTO log_values VALUES *',
      values.map(([property, value]) => [lastId, property, value]),
    );
    return lastId;
  };
  const noteLoggers = (project: number, records: ArrivedRecord[]) => {
    const newest = new Map<string, number>();
    for (const { logger, happenedAt } of records) newest.set(logger, Math.max(newest.get(logger) ?? 0, happenedAt));
    for (const [name, at] of newest) {
      database.run(
        `INSERT INTO log_loggers VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET last_at = excluded.last_at
         WHERE last_at < excluded.last_at - ${hourMs}`,
        project,
        name,
        at,
      );
    }
  };
  const fresh = (project: number, records: ArrivedRecord[]) => {
    const ids = new Set<string>();
    return records.filter(({ id }) => {
      if (ids.has(id)) return false;
      ids.add(id);
      return !database.get('SELECT 1 FROM log_records WHERE project_id = ? AND id = ?', project, id);
    });
  };

  return {
    write(projectId, log, receivedAt) {
      const project = Number(projectId);
      // In the order of time: the index of words begins a new segment wherever it has to go back.
      const records = fresh(project, log.records).sort((a, b) => a.happenedAt - b.happenedAt);
      if (records.length === 0) return [];
      const context = contextId(project, log);
      const whole = JSON.parse(log.context) as Context;
      noteLoggers(project, records);
      const kept = records.map(({ id, happenedAt, level, logger, text, data }) => {
        const place = freePlace(happenedAt);
        const number = levels.indexOf(level);
        database.run(
          'INSERT INTO log_records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
          ...[place, project, id, context, receivedAt, number, logger, text, data ?? null],
        );
        database.run('INSERT INTO log_search (rowid, text, data) VALUES (?, ?, ?)', place, text, data ?? null);
        const fields = data === undefined ? {} : { data: JSON.parse(data) as Record<string, unknown> };
        return { place, projectId, receivedAt, context: whole, id, at: timeOf(place), level, logger, text, ...fields };
      });
      noteRecords(
        database,
        project,
        kept.map(({ place }) => place),
      );
      return kept;
    },
  };
}
