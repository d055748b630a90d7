import type { Alert, ChannelSettings, Delivery, Notice, RuleSettings } from '../../protocol/notices.ts';
import type { Database, Row } from './database.ts';
import { issueConditions } from './issue-conditions.ts';
import type { Looked, Transition, NoticeStore, StoredRule } from './notice-store.ts';

/** Rules, channels and what is to be told, in SQLite. */
export function createNoticeStore(database: Database): NoticeStore {
  return {
    ...channelRecords(database),
    ...ruleRecords(database),
    ...alertRecords(database),
    ...deliveryRecords(database),
    ...visitRecords(database),
    async meeting(terms, issueIds) {
      const { where, values } = issueConditions(database, { ...terms, values: [] });
      const found = database.all(
        `SELECT id FROM issues WHERE id IN (SELECT value FROM json_each(?)) AND ${where}`,
        JSON.stringify(issueIds.map(Number)),
        ...values,
      );
      return new Set(found.map((row) => String(row['id'])));
    },
  };
}

const parse = <T>(value: Row[string] | undefined) => JSON.parse(String(value)) as T;

type Part<Name extends keyof NoticeStore> = Pick<NoticeStore, Name>;

function channelRecords(database: Database): Part<'channels' | 'addChannel' | 'setChannel' | 'removeChannel'> {
  return {
    async channels() {
      return database.all('SELECT * FROM channels ORDER BY id').map((row) => ({
        ...parse<ChannelSettings>(row['settings']),
        id: String(row['id']),
        createdAt: Number(row['created_at']),
      }));
    },
    async addChannel(settings, now) {
      const json = JSON.stringify(settings);
      const { lastId } = database.run('INSERT INTO channels (settings, created_at) VALUES (?, ?)', json, now);
      return { ...settings, id: String(lastId), createdAt: now };
    },
    setChannel: async (id, settings) =>
      database.run('UPDATE channels SET settings = ? WHERE id = ?', JSON.stringify(settings), Number(id)).changes > 0,
    removeChannel: async (id) => database.run('DELETE FROM channels WHERE id = ?', Number(id)).changes > 0,
  };
}

function ruleRecords(database: Database): Part<'rules' | 'addRule' | 'setRule' | 'removeRule'> {
  return {
    async rules(projectId) {
      const rows =
        projectId === undefined
          ? database.all('SELECT * FROM rules ORDER BY id')
          : database.all('SELECT * FROM rules WHERE project_id = ? ORDER BY id', Number(projectId));
      return rows.map(readRule);
    },
    async addRule(projectId, settings) {
      const { lastId } = database.run(
        'INSERT INTO rules (project_id, settings) VALUES (?, ?)',
        Number(projectId),
        JSON.stringify(settings),
      );
      return { ...settings, id: String(lastId), projectId };
    },
    setRule: async (projectId, id, settings) =>
      database.run(
        "UPDATE rules SET settings = ?, state = '{}' WHERE id = ? AND project_id = ?",
        JSON.stringify(settings),
        Number(id),
        Number(projectId),
      ).changes > 0,
    removeRule: async (projectId, id) =>
      database.run('DELETE FROM rules WHERE id = ? AND project_id = ?', Number(id), Number(projectId)).changes > 0,
  };
}

const readRule = (row: Row): StoredRule => ({
  ...parse<RuleSettings>(row['settings']),
  id: String(row['id']),
  projectId: String(row['project_id']),
  state: parse(row['state']),
  toldAt: Number(row['told_at']),
});

function lookedUpTo(database: Database): Looked {
  const row = database.get('SELECT * FROM notify_progress');
  return {
    changes: Number(row?.['transition_id']),
    records: Number(row?.['record_seq']),
    looks: Number(row?.['looks']),
  };
}

function alertRecords(
  database: Database,
): Part<'newTransitions' | 'transitionsSince' | 'keepAlerts' | 'lookedUpTo' | 'waitingAlerts' | 'forgetOld'> {
  return {
    newTransitions: async (limit) =>
      database
        .all('SELECT * FROM transitions WHERE id > ? ORDER BY id LIMIT ?', lookedUpTo(database).changes, limit)
        .map(readTransition),
    transitionsSince: async (projectId, since, limit) =>
      database
        .all(
          'SELECT * FROM transitions WHERE at >= ? AND project_id = ? ORDER BY id DESC LIMIT ?',
          since,
          Number(projectId),
          limit,
        )
        .map(readTransition)
        .reverse(),
    async keepAlerts(from, upTo, found) {
      return database.transactionInTurn(() => {
        if (lookedUpTo(database).looks !== from.looks) return false;
        for (const { ruleId, state, alerts } of found) {
          database.run('UPDATE rules SET state = ? WHERE id = ?', JSON.stringify(state), Number(ruleId));
          for (const { key, alert } of alerts) {
            database.run(
              `INSERT INTO alerts (rule_id, key, at, alert) SELECT id, ?, ?, ? FROM rules WHERE id = ?
               ON CONFLICT DO NOTHING`,
              key,
              alert.at,
              JSON.stringify(alert),
              Number(ruleId),
            );
          }
        }
        const { changes, records } = upTo;
        database.run(
          'UPDATE notify_progress SET transition_id = ?, record_seq = ?, looks = looks + 1',
          changes,
          records,
        );
        if (records > from.records) database.run('DELETE FROM noted_records WHERE seq <= ?', records);
        return true;
      });
    },
    lookedUpTo: async () => lookedUpTo(database),
    waitingAlerts: async (ruleId) =>
      database
        .all('SELECT id, alert FROM alerts WHERE rule_id = ? AND is_told = 0 ORDER BY id LIMIT 10000', Number(ruleId))
        .map((row) => ({ id: String(row['id']), alert: parse<Alert>(row['alert']) })),
    async forgetOld(changes, deliveries) {
      await database.transactionInTurn(() => {
        database.run('DELETE FROM transitions WHERE at < ? AND id <= ?', changes, lookedUpTo(database).changes);
        database.run('DELETE FROM project_visits WHERE minute < ?', Math.floor(changes / minuteMs));
        database.run("DELETE FROM deliveries WHERE at < ? AND state <> 'waiting'", deliveries);
      });
    },
  };
}

const readTransition = (row: Row): Transition => ({
  ...parse<Pick<Transition, 'title' | 'isNew' | 'isBack' | 'events' | 'users' | 'values'>>(row['facts']),
  id: Number(row['id']),
  projectId: String(row['project_id']),
  issueId: String(row['issue_id']),
  seq: Number(row['seq']),
  at: Number(row['at']),
  count: Number(row['count']),
});

const minuteMs = 60_000;

function visitRecords(database: Database): Part<'addVisits' | 'visits'> {
  return {
    async addVisits(projectId, at, count) {
      const sql = `INSERT INTO project_visits SELECT id, ?, ? FROM projects WHERE id = ?
         ON CONFLICT DO UPDATE SET count = count + excluded.count`;
      await database.transactionInTurn(() => database.run(sql, Math.floor(at / minuteMs), count, Number(projectId)));
    },
    visits: async (projectId, from, to) =>
      new Map(
        database
          .all(
            'SELECT minute, count FROM project_visits WHERE project_id = ? AND minute BETWEEN ? AND ?',
            Number(projectId),
            from,
            to,
          )
          .map((row) => [Number(row['minute']), Number(row['count'])]),
      ),
  };
}

function deliveryRecords(
  database: Database,
): Part<
  | 'tell'
  | 'addDelivery'
  | 'claimDeliveries'
  | 'releaseDeliveries'
  | 'nextDelivery'
  | 'setDelivery'
  | 'openIncident'
  | 'closeIncidents'
  | 'deliveries'
  | 'delivery'
> {
  const add = (projectId: string, channelId: string, notice: Notice, now: number) =>
    database.run(
      'INSERT INTO deliveries (project_id, channel_id, notice, at) SELECT ?, id, ?, ? FROM channels WHERE id = ?',
      Number(projectId),
      JSON.stringify(notice),
      now,
      Number(channelId),
    ).lastId;
  return {
    async tell(rule, alertIds, notices, channels, now) {
      return database.transactionInTurn(() => {
        const isWaiting = (id: string) =>
          database.get('SELECT 1 FROM alerts WHERE id = ? AND is_told = 0', Number(id)) !== undefined;
        if (!alertIds.every(isWaiting)) return false;
        const sql = 'UPDATE rules SET told_at = ? WHERE id = ? AND told_at = ?';
        if (database.run(sql, now, Number(rule.id), rule.toldAt).changes === 0) return false;
        for (const id of alertIds) database.run('UPDATE alerts SET is_told = 1 WHERE id = ?', Number(id));
        for (const notice of notices) {
          for (const channelId of channels) add(rule.projectId, channelId, notice, now);
        }
        return true;
      });
    },
    addDelivery: async (projectId, channelId, notice, now) => String(add(projectId, channelId, notice, now)),
    async claimDeliveries(now, until, limit) {
      const due = "SELECT id FROM deliveries WHERE state = 'waiting' AND at <= ? AND claimed_until <= ?";
      // Mostly there is none, and to change nothing would still wait for the thread that writes events.
      if (!database.get(`${due} LIMIT 1`, now, now)) return [];
      // One statement: who comes second waits for it, and finds them taken.
      const sql = `UPDATE deliveries SET claimed_until = ? WHERE id IN (${due} ORDER BY at LIMIT ?) RETURNING *`;
      const claimed = await database.transactionInTurn(() => database.all(sql, until, now, now, limit));
      return claimed.map((row) => ({
        id: String(row['id']),
        projectId: String(row['project_id']),
        channelId: String(row['channel_id']),
        notice: parse<Notice>(row['notice']),
        attempts: Number(row['attempts']),
      }));
    },
    async releaseDeliveries() {
      database.run("UPDATE deliveries SET claimed_until = 0 WHERE state = 'waiting' AND claimed_until > 0");
    },
    async nextDelivery() {
      const at = database.get("SELECT min(max(at, claimed_until)) AS at FROM deliveries WHERE state = 'waiting'")?.[
        'at'
      ];
      return at == null ? undefined : Number(at);
    },
    async setDelivery(id, { state, attempts, at, request, answer }) {
      const sql =
        'UPDATE deliveries SET state = ?, attempts = ?, at = ?, request = ?, answer = ?, claimed_until = 0 WHERE id = ?';
      await database.transactionInTurn(() => database.run(sql, state, attempts, at, request, answer, Number(id)));
    },
    async openIncident(deliveryId, issueId) {
      const sql = 'UPDATE deliveries SET incident = ? WHERE id = ?';
      await database.transactionInTurn(() => database.run(sql, Number(issueId), Number(deliveryId)));
    },
    async closeIncidents(now) {
      const over = () =>
        database.all(
          `SELECT deliveries.* FROM deliveries JOIN issues ON issues.id = incident
           WHERE incident IS NOT NULL AND status IN ('resolved', 'ignored')`,
        );
      // Mostly there are none, and a transaction would hold up the thread that writes events.
      if (over().length === 0) return;
      await database.transactionInTurn(() => {
        for (const row of over()) {
          const notice = parse<Notice>(row['notice']);
          const [id, headline] = [`${notice.id}_over`, `Over: ${notice.headline}`];
          const isOver: Notice = { ...notice, id, headline, kind: 'recovered', at: now };
          add(String(row['project_id']), String(row['channel_id']), isOver, now);
          database.run('UPDATE deliveries SET incident = NULL WHERE id = ?', Number(row['id']));
        }
      });
    },
    deliveries: async (projectId, limit) =>
      database
        .all(
          `${deliveryColumns} WHERE deliveries.project_id = ? ORDER BY deliveries.id DESC LIMIT ?`,
          Number(projectId),
          limit,
        )
        .map(readDelivery),
    async delivery(id) {
      const row = database.get(`${deliveryColumns} WHERE deliveries.id = ?`, Number(id));
      return row && readDelivery(row);
    },
  };
}

const deliveryColumns = `SELECT deliveries.*, channels.settings FROM deliveries JOIN channels ON channels.id = channel_id`;

const readDelivery = (row: Row): Delivery => ({
  id: String(row['id']),
  channelId: String(row['channel_id']),
  channelName: parse<ChannelSettings>(row['settings']).name,
  headline: parse<Notice>(row['notice']).headline,
  state: row['state'] as Delivery['state'],
  attempts: Number(row['attempts']),
  at: Number(row['at']),
  request: String(row['request']),
  answer: String(row['answer']),
});
