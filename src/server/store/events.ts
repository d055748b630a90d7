import type { Event } from '../../protocol/event.ts';
import { decodeBody, encodeBody } from './body.ts';
import type { Dictionaries } from './dictionaries.ts';
import { headOf } from './head-of.ts';
import { createRecent } from './recent.ts';
import type { Database, Row } from './database.ts';
import type { ArrivedBatch, EventStore, KeptEvent } from './store.ts';

const dayMs = 86_400_000;
const columns = 'events.seq, events.id, project_id, received_at, happened_at, encoding, body';

/** What is only ever appended, in SQLite. */
export function createEventStore(
  database: Database,
  dictionaries: Dictionaries,
): EventStore & { onDigested(seq: number): void } {
  // Both ends of the backlog are kept in memory, so that every request can be held against its limit.
  let digested = Number(database.get('SELECT seq FROM digest_progress')?.['seq']);
  let newest = Number(database.get('SELECT max(seq) AS seq FROM events')?.['seq'] ?? digested);

  const recent = createRecent();
  const keptEvent = (row: Row): KeptEvent => ({ ...place(row), event: readEvent(row, dictionaries) });

  return {
    onDigested: (seq) => void (digested = seq),
    backlog: () => newest - digested,

    async append(batches) {
      let last = newest;
      const mark = recent.mark();
      const duplicates = undoing(
        () => recent.backTo(mark),
        () =>
          database.transaction(() =>
            batches.map((batch) => {
              const known = batch.arrivals.filter((arrival) => {
                const { encoding, body } = encodeBody(arrival.json, dictionaries);
                const { changes, lastId } = database.run(
                  `INSERT INTO events (project_id, id, received_at, happened_at, encoding, body) VALUES (?, ?, ?, ?, ?, ?)
               ON CONFLICT DO NOTHING`,
                  Number(batch.projectId),
                  arrival.id,
                  arrival.receivedAt,
                  arrival.happenedAt,
                  encoding,
                  body,
                );
                if (!changes) return true;
                last = lastId;
                recent.add({ ...arrival, seq: lastId, projectId: batch.projectId });
                dictionaries.learn(arrival.json);
                return false;
              }).length;
              // A batch that came before as a whole brought its counts then.
              if (!known || known < batch.arrivals.length) addDropped(database, batch);
              return known;
            }),
          ),
      );
      newest = last;
      return duplicates;
    },

    async undigested(limit) {
      const waiting = recent.after(digested, limit);
      if (waiting.length > 0) return waiting;
      return database
        .all(`SELECT ${columns} FROM events WHERE seq > (SELECT seq FROM digest_progress) ORDER BY seq LIMIT ?`, limit)
        .map(keptEvent);
    },

    async find(id, projectId) {
      const row = database.get(
        `SELECT ${columns}, issue_id FROM events JOIN issue_events USING (seq) WHERE project_id IN (SELECT id FROM projects)
         AND id = ?1 AND (?2 IS NULL OR project_id = ?2) ORDER BY seq LIMIT 1`,
        id,
        projectId === undefined ? null : Number(projectId),
      );
      if (!row) return undefined;
      const issue = Number(row['issue_id']);
      const seq = Number(row['seq']);
      const neighbour = (sql: string) => (database.get(sql, issue, seq)?.['id'] as string | undefined) ?? null;
      return {
        ...keptEvent(row),
        issueId: String(issue),
        previousId: neighbour(
          'SELECT id FROM issue_events JOIN events USING (seq) WHERE issue_id = ? AND seq < ? ORDER BY seq DESC LIMIT 1',
        ),
        nextId: neighbour(
          'SELECT id FROM issue_events JOIN events USING (seq) WHERE issue_id = ? AND seq > ? ORDER BY seq LIMIT 1',
        ),
      };
    },

    async ofIssue(issueId, limit, before = Number.MAX_SAFE_INTEGER) {
      return database
        .all(
          `SELECT ${columns} FROM issue_events JOIN events USING (seq) WHERE issue_id = ?
           AND seq < ? ORDER BY seq DESC LIMIT ?`,
          headOf(database, Number(issueId)) ?? null,
          before,
          limit,
        )
        .map(keptEvent);
    },

    async dropped(projectId, since = 0) {
      return database
        .all(
          `SELECT reason, sum(count) AS count FROM dropped WHERE project_id = ? AND day >= ?
           GROUP BY reason ORDER BY 2 DESC, 1`,
          Number(projectId),
          Math.floor(since / dayMs),
        )
        .map((row) => ({ reason: String(row['reason']), count: Number(row['count']) }));
    },
  };
}

/** Undoes what is kept beside the database when the transaction failed. */
function undoing<T>(undo: () => void, work: () => T): T {
  try {
    return work();
  } catch (error) {
    undo();
    throw error;
  }
}

function addDropped(database: Database, { projectId, dropped, receivedAt }: ArrivedBatch): void {
  for (const { reason, count } of dropped) {
    database.run(
      `INSERT INTO dropped (project_id, day, reason, count) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
      Number(projectId),
      Math.floor(receivedAt / dayMs),
      reason,
      count,
    );
  }
}

function place(row: Row): Omit<KeptEvent, 'event'> {
  return {
    seq: Number(row['seq']),
    projectId: String(row['project_id']),
    receivedAt: Number(row['received_at']),
    happenedAt: Number(row['happened_at']),
  };
}

/** One damaged page of the file must not stop the digest for ever. */
export function readEvent(row: Row, dictionaries: Dictionaries): Event {
  try {
    return JSON.parse(decodeBody(Number(row['encoding']), row['body'] as Uint8Array, dictionaries)) as Event;
  } catch {
    return {
      id: String(row['id']),
      at: Number(row['happened_at']),
      level: 'error',
      mechanism: 'message',
      handled: false,
      exceptions: [],
      message: 'An event in the database cannot be read any more.',
      breadcrumbs: [],
      count: 1,
    };
  }
}
