import type { TokenScope, UploadToken } from '../../protocol/api.ts';
import type { Database, Row } from './database.ts';
import type { RecordStore } from './store.ts';

type TokenRecords = Pick<
  RecordStore,
  'apiToken' | 'addApiToken' | 'apiTokens' | 'removeApiToken' | 'addUploadToken' | 'uploadTokens' | 'removeUploadToken'
>;

/** The beginning of a token's hash names it: enough to tell a project's tokens apart, of no use to sign in with. */
const idLength = 16;

const scopes: TokenScope[] = ['all', 'read', 'upload'];

/** Tokens for programs. Only hashes of secrets arrive here. */
export function createTokenRecords(database: Database): TokenRecords {
  return {
    async apiToken(hash) {
      const row = database.get('SELECT scope, project_id FROM api_tokens WHERE hash = ?', hash);
      if (!row) return undefined;
      // A scope of a newer version gives no rights here.
      const scope = scopes.find((one) => one === row['scope']);
      return scope && { scope, projectId: scope === 'upload' ? String(row['project_id']) : null };
    },
    async addApiToken(hash, { name, scope, projectId }, now) {
      database.run(
        'INSERT INTO api_tokens (hash, name, created_at, scope, project_id) VALUES (?, ?, ?, ?, ?)',
        hash,
        name,
        now,
        scope,
        projectId === null ? null : Number(projectId),
      );
      return { id: hash.slice(0, idLength), name, createdAt: now, scope, projectId };
    },
    async apiTokens() {
      return database.all('SELECT * FROM api_tokens ORDER BY created_at DESC, hash').map((row) => ({
        ...uploadToken(row),
        scope: row['scope'] as TokenScope,
        projectId: row['project_id'] === null ? null : String(row['project_id']),
      }));
    },
    async removeApiToken(id) {
      return database.run('DELETE FROM api_tokens WHERE substr(hash, 1, ?) = ?', idLength, id).changes > 0;
    },
    async addUploadToken(hash, projectId, name, now) {
      database.run(
        `INSERT INTO api_tokens (hash, name, created_at, scope, project_id) VALUES (?, ?, ?, 'upload', ?)`,
        hash,
        name,
        now,
        Number(projectId),
      );
      return { id: hash.slice(0, idLength), name, createdAt: now };
    },
    async uploadTokens(projectId) {
      return database
        .all(
          `SELECT * FROM api_tokens WHERE scope = 'upload' AND project_id = ? ORDER BY created_at DESC, hash`,
          Number(projectId),
        )
        .map(uploadToken);
    },
    async removeUploadToken(projectId, id) {
      const { changes } = database.run(
        `DELETE FROM api_tokens WHERE scope = 'upload' AND project_id = ? AND substr(hash, 1, ?) = ?`,
        Number(projectId),
        idLength,
        id,
      );
      return changes > 0;
    },
  };
}

function uploadToken(row: Row): UploadToken {
  return {
    id: String(row['hash']).slice(0, idLength),
    name: String(row['name']),
    createdAt: Number(row['created_at']),
  };
}
