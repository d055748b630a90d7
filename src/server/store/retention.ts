import type { Database } from './database.ts';
import { giveSpaceBack } from './give-space-back.ts';
import { dayMs } from './project-counts.ts';
import { placeOf, timeOf } from './log-writer.ts';
import type { Retention } from './store.ts';

/** Rows and pages of one step: some milliseconds, so that nobody who sends has to wait for it. */
const eventsAtOnce = 200;
const recordsAtOnce = 200;
const issuesAtOnce = 4;
const blocksAtOnce = 20;
const pagesAtOnce = 200;

/** Lets go of what is too old or too much, in small steps, and gives the space back to the disk. */
export function createRetention(database: Database, onIssuesRemoved: () => void): Retention {
  const number = (sql: string, ...values: number[]) =>
    Number(Object.values(database.get(sql, ...values) ?? {})[0] ?? 0);
  const isTooLarge = (maxBytes: number) =>
    (number('PRAGMA page_count') - number('PRAGMA freelist_count')) * number('PRAGMA page_size') > maxBytes;

  const removeEvents = (before: number) =>
    database.transaction(
      () =>
        database.run(
          `DELETE FROM events WHERE seq IN (SELECT seq FROM events WHERE seq <= (SELECT seq FROM digest_progress)
           ORDER BY seq LIMIT ?) AND received_at < ?`,
          eventsAtOnce,
          before,
        ).changes,
      { isDurable: false },
    );
  // Blocks are in the order of their events, but for those of one turn of the digest.
  const removeBlocks = () =>
    database.transaction(
      () =>
        database.run(
          `DELETE FROM blocks WHERE id IN (SELECT id FROM blocks ORDER BY id LIMIT ?)
           AND last_seq < (SELECT coalesce((SELECT min(seq) FROM events), (SELECT seq + 1 FROM digest_progress)))`,
          blocksAtOnce,
        ).changes,
      { isDurable: false },
    );
  const removeIssues = (before: number) =>
    database.transaction(
      () =>
        database.run(
          `DELETE FROM issues WHERE id IN (SELECT id FROM issues WHERE last_seen < ? AND merged_into IS NULL
           ORDER BY last_seen LIMIT ?)`,
          before,
          issuesAtOnce,
        ).changes,
      { isDurable: false },
    );

  const removeCounts = (before: number) =>
    database.transaction(
      () =>
        database.run(
          `DELETE FROM project_values WHERE (day, project_id, property, value) IN
           (SELECT day, project_id, property, value FROM project_values WHERE day < ? LIMIT ?)`,
          Math.floor(before / dayMs),
          eventsAtOnce,
        ).changes,
      { isDurable: false },
    );

  const removeRecords = (before: number) =>
    database.transaction(
      () => {
        const { changes } = database.run(
          'DELETE FROM log_records WHERE place IN (SELECT place FROM log_records ORDER BY place LIMIT ?) AND place < ?',
          recordsAtOnce,
          placeOf(before),
        );
        // The index of words notes what is gone, and grows; its space comes back when its parts are merged.
        if (changes > 0) database.run("INSERT INTO log_search (log_search, rank) VALUES ('merge', ?)", -pagesAtOnce);
        return changes;
      },
      { isDurable: false },
    );
  const removeLoggers = (before: number) =>
    database.transaction(() => database.run('DELETE FROM log_loggers WHERE last_at < ?', before).changes, {
      isDurable: false,
    });
  /** Of what is too much, events and records go in the order of time. */
  const removeOldest = () => {
    const record = database.get('SELECT min(place) AS place FROM log_records')?.['place'];
    const event = database.get('SELECT received_at FROM events ORDER BY seq LIMIT 1')?.['received_at'];
    const isRecord = record != null && (event == null || timeOf(Number(record)) < Number(event));
    return isRecord ? removeRecords(timeOf(Number.MAX_SAFE_INTEGER)) : removeEvents(Number.MAX_SAFE_INTEGER);
  };

  return {
    async step({ days, maxBytes }, now) {
      if (days !== null) {
        const before = now - days * dayMs;
        // One after the other: an issue takes all that is left of it along, which is little when its events have gone.
        if (removeEvents(before) > 0) return true;
        if (removeIssues(before) > 0) {
          onIssuesRemoved();
          return true;
        }
        if (removeRecords(before) + removeLoggers(before) + removeCounts(before) > 0) return true;
      }
      if (removeBlocks() > 0) return true;
      if (maxBytes !== null && isTooLarge(maxBytes) && removeOldest() > 0) return true;
      return giveSpaceBack(database);
    },
  };
}
