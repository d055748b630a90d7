import type { Person } from '../../protocol/api.ts';
import type { Database, Row } from './database.ts';
import type { RecordStore } from './store.ts';

type PeopleRecords = Pick<
  RecordStore,
  | 'people'
  | 'addPerson'
  | 'updatePerson'
  | 'passwordOf'
  | 'hasPassword'
  | 'addSignInToken'
  | 'useSignInToken'
  | 'addSession'
  | 'session'
  | 'removeSession'
  | 'sessionsOf'
  | 'removeSessionOf'
  | 'removePerson'
  | 'setRole'
  | 'removeSessions'
>;

/** The beginning of a session's hash names it: of no use to sign in with. */
const sessionIdLength = 16;

/** Who may look: people, their sessions and tokens. Only hashes of secrets arrive here. */
export function createPeopleRecords(database: Database): PeopleRecords {
  return {
    async people() {
      return database.all('SELECT * FROM people ORDER BY id').map(person);
    },
    async addPerson(name, role, now) {
      const row = database.get(
        'INSERT INTO people (name, role, created_at) VALUES (?, ?, ?) RETURNING *',
        name,
        role,
        now,
      );
      if (!row) throw new Error('The person was not added.');
      return person(row);
    },
    async updatePerson(id, { name, email, password }) {
      const { changes } = database.run(
        `UPDATE OR IGNORE people SET name = ?, email = ?, password = ? WHERE id = ?`,
        name,
        email,
        password,
        Number(id),
      );
      return changes > 0;
    },
    async passwordOf(email) {
      const row = database.get('SELECT * FROM people WHERE email = ?', email);
      return row && { person: person(row), password: row['password'] as string | null };
    },
    async hasPassword(personId) {
      return database.get('SELECT 1 FROM people WHERE id = ? AND password IS NOT NULL', Number(personId)) !== undefined;
    },

    async addSignInToken(hash, personId, expiresAt) {
      database.run('INSERT INTO sign_in_tokens VALUES (?, ?, ?)', hash, Number(personId), expiresAt);
    },
    async useSignInToken(hash, now) {
      return database.transaction(() => {
        const row = database.get(
          `SELECT people.* FROM sign_in_tokens JOIN people ON people.id = person_id WHERE hash = ? AND expires_at > ?`,
          hash,
          now,
        );
        database.run('DELETE FROM sign_in_tokens WHERE hash = ? OR expires_at <= ?', hash, now);
        return row && person(row);
      });
    },

    async addSession(hash, { personId, byToken, browser }, now, expiresAt) {
      database.transaction(() => {
        database.run('DELETE FROM sessions WHERE expires_at <= ?', now);
        database.run(
          `INSERT INTO sessions (hash, person_id, by_token, created_at, expires_at, browser)
           VALUES (?, ?, ?, ?, ?, ?)`,
          hash,
          Number(personId),
          Number(byToken),
          now,
          expiresAt,
          browser,
        );
      });
    },
    async session(hash, now) {
      const row = database.get(
        `SELECT people.*, by_token, expires_at FROM sessions JOIN people ON people.id = person_id
         WHERE hash = ? AND expires_at > ?`,
        hash,
        now,
      );
      return row && { person: person(row), byToken: row['by_token'] === 1, expiresAt: Number(row['expires_at']) };
    },
    async sessionsOf(personId, now) {
      return database
        .all(
          'SELECT * FROM sessions WHERE person_id = ? AND expires_at > ? ORDER BY created_at DESC',
          Number(personId),
          now,
        )
        .map((row) => ({
          id: String(row['hash']).slice(0, sessionIdLength),
          createdAt: Number(row['created_at']),
          expiresAt: Number(row['expires_at']),
          browser: String(row['browser']),
          isCurrent: false,
        }));
    },
    async removeSessionOf(personId, id) {
      const sql = 'DELETE FROM sessions WHERE person_id = ? AND substr(hash, 1, ?) = ?';
      return database.run(sql, Number(personId), sessionIdLength, id).changes > 0;
    },
    async setRole(id, role) {
      return database.run('UPDATE people SET role = ? WHERE id = ?', role, Number(id)).changes > 0;
    },
    async removePerson(id) {
      return database.run('DELETE FROM people WHERE id = ?', Number(id)).changes > 0;
    },
    async removeSession(hash) {
      database.run('DELETE FROM sessions WHERE hash = ?', hash);
    },
    async removeSessions(personId) {
      database.run('DELETE FROM sessions WHERE person_id = ?', Number(personId));
    },
  };
}

function person(row: Row): Person {
  return {
    id: String(row['id']),
    email: String(row['email'] ?? ''),
    name: String(row['name']),
    role: row['role'] as Person['role'],
  };
}
