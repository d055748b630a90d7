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

/** The event up to which all were passed over, until when, and whether something that came after them has gone. */
const nonePassed = { to: 0, until: Infinity, hasRoomBehind: false };

/** Lets go of what is too old or too much, in small steps, and gives the space back to the disk. */
export function createRetention(database: Database, onIssuesRemoved: () => void): Retention {
  const number = (sql: string, ...values: number[]) =>
    Number(Object.values(database.get(sql, ...values) ?? {})[0] ?? 0);
  const isTooLarge = (maxBytes: number) =>
    (number('PRAGMA page_count') - number('PRAGMA freelist_count')) * number('PRAGMA page_size') > maxBytes;

  // What came while the clock was ahead says a time that is still to come, and is passed over: what came after it does not wait
  // for that. Nothing else is: what seems too old behind younger events came while the clock was behind.
  let passed = nonePassed;
  /** Answers how many of the next events it passed over. */
  const pass = (now: number) => {
    if (now >= passed.until) passed = nonePassed;
    const rows = database.all(
      `SELECT seq, received_at FROM events WHERE seq > ? AND seq <= (SELECT seq FROM digest_progress) ORDER BY seq LIMIT ?`,
      passed.to,
      eventsAtOnce,
    );
    const ends = rows.findIndex((row) => Number(row['received_at']) <= now);
    const ahead = ends < 0 ? rows : rows.slice(0, ends);
    for (const { seq, received_at: at } of ahead) {
      passed = { to: Number(seq), until: Math.min(passed.until, Number(at)), hasRoomBehind: false };
    }
    return ahead.length;
  };
  const removeEvents = (before: number, from: number) =>
    database.transaction(
      () =>
        database.run(
          `DELETE FROM events WHERE seq IN (SELECT seq FROM events WHERE seq > ? AND seq <= (SELECT seq FROM digest_progress)
           ORDER BY seq LIMIT ?) AND received_at < ?`,
          from,
          eventsAtOnce,
          before,
        ).changes,
      { isDurable: false },
    );
  const removeOldEvents = (before: number, now: number) => {
    if (pass(now) > 0) return true;
    const removed = removeEvents(before, passed.to);
    passed = { ...passed, hasRoomBehind: passed.hasRoomBehind || (removed > 0 && passed.to > 0) };
    return removed > 0;
  };
  // Blocks are in the order of their events, but for those that are written side by side.
  const removeBlocksBehind = (block: number, seq: number) =>
    database.transaction(
      () =>
        database.run(
          `DELETE FROM blocks WHERE id IN (SELECT id FROM blocks WHERE id > ? ORDER BY id LIMIT ?)
           AND last_seq < (SELECT coalesce((SELECT min(seq) FROM events WHERE seq > ?), (SELECT seq + 1 FROM digest_progress)))`,
          block,
          blocksAtOnce,
          seq,
        ).changes,
      { isDurable: false },
    );
  const removeBlocks = () => {
    const removed = removeBlocksBehind(0, 0);
    // To look for the blocks of what was passed over takes a while: only when something behind them has gone.
    if (removed > 0 || !passed.hasRoomBehind) return removed;
    const behind = removeBlocksBehind(number('SELECT max(block) FROM events WHERE seq <= ?', passed.to), passed.to);
    passed = { ...passed, hasRoomBehind: behind > 0 };
    return behind;
  };
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
    return isRecord ? removeRecords(timeOf(Number.MAX_SAFE_INTEGER)) : removeEvents(Number.MAX_SAFE_INTEGER, 0);
  };

  return {
    async step({ days, maxBytes }, now) {
      if (days !== null) {
        const before = now - days * dayMs;
        // One after the other: an issue takes all that is left of it along, which is little when its events have gone.
        if (removeOldEvents(before, now)) return true;
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
