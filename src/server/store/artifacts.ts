import type { Artifact, ArtifactStore, NewArtifact, StoredIndex } from './artifact-store.ts';
import type { Database, Row } from './database.ts';

/** Uploaded maps and scripts, in SQLite. */
export function createArtifactStore(database: Database): ArtifactStore {
  const find = (where: string, ...values: (string | number)[]) =>
    database.all(`SELECT * FROM artifacts WHERE ${where} ORDER BY id DESC LIMIT 100`, ...values).map(artifact);
  const bytesOf = (sql: string, key: string) => database.get(sql, key)?.['zstd'] as Uint8Array | undefined;

  return {
    async add(added, { zstd }, index) {
      return database.transaction(() => {
        database.run(
          'INSERT INTO artifact_contents VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
          added.hash,
          added.bytes,
          zstd,
        );
        if (index) addIndex(database, index);
        return insert(database, added);
      });
    },
    async addKnown(added) {
      return database.transaction(() => {
        const [known] = find(
          'project_id = ? AND hash = ? AND kind = ?',
          Number(added.projectId),
          added.hash,
          added.kind,
        );
        return known && insert(database, { ...known, ...added });
      });
    },
    async replaceIndex(index) {
      database.transaction(() => addIndex(database, index));
    },
    content: async (hash) => bytesOf('SELECT zstd FROM artifact_contents WHERE hash = ?', hash),
    async index(key) {
      const row = database.get('SELECT * FROM map_indexes WHERE key = ?', key);
      return row && { version: Number(row['version']), zstd: row['zstd'] as Uint8Array };
    },
    sourceText: async (hash) => bytesOf('SELECT zstd FROM source_texts WHERE hash = ?', hash),
    byDebugId: async (projectId, debugId, kind) =>
      find('project_id = ? AND debug_id = ? AND kind = ?', Number(projectId), debugId, kind),
    byBasename: async (projectId, basename, kind) =>
      find('project_id = ? AND basename = ? AND kind = ?', Number(projectId), basename, kind),
    async countMaps(projectId, release) {
      const row = database.get(
        `SELECT count(*) AS count FROM artifacts WHERE project_id = ? AND release = ? AND kind = 'map'`,
        Number(projectId),
        release,
      );
      return Number(row?.['count'] ?? 0);
    },
    async list({ projectId, release, limit, before = Number.MAX_SAFE_INTEGER }) {
      return database
        .all(
          `SELECT * FROM artifacts WHERE project_id = ?1 AND id < ?2 AND (?3 IS NULL OR release = ?3)
           ORDER BY id DESC LIMIT ?4`,
          Number(projectId),
          before,
          release ?? null,
          limit,
        )
        .map(artifact);
    },
    async remove(projectId, which) {
      return database.transaction(() => {
        const { changes } =
          'id' in which
            ? database.run('DELETE FROM artifacts WHERE project_id = ? AND id = ?', Number(projectId), Number(which.id))
            : database.run(
                'DELETE FROM artifacts WHERE project_id = ? AND release = ?',
                Number(projectId),
                which.release,
              );
        if (changes) removeUnused(database);
        return changes;
      });
    },
  };
}

/** A file that is uploaded again becomes the newest. */
function insert(database: Database, added: NewArtifact): Artifact {
  const values = [Number(added.projectId), added.release, added.kind, added.name, added.hash] as const;
  database.run(
    'DELETE FROM artifacts WHERE project_id = ? AND release = ? AND kind = ? AND name = ? AND hash = ?',
    ...values,
  );
  const { lastId } = database.run(
    `INSERT INTO artifacts (project_id, release, kind, name, hash, script, basename, debug_id, index_key, bytes, sources,
     texts, problems, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...values,
    added.script,
    basenameOf(added.script),
    added.debugId,
    added.indexKey,
    added.bytes,
    added.sources,
    added.texts,
    JSON.stringify(added.problems),
    added.createdAt,
  );
  return { ...added, id: String(lastId) };
}

/** By which scripts are looked up. */
export function basenameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function addIndex(database: Database, { key, version, zstd, texts }: StoredIndex): void {
  database.run(
    `INSERT INTO map_indexes VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET version = excluded.version, zstd = excluded.zstd`,
    key,
    version,
    zstd,
  );
  database.run('DELETE FROM map_texts WHERE key = ?', key);
  for (const text of texts) {
    database.run('INSERT INTO map_texts VALUES (?, ?)', key, text.hash);
    database.run('INSERT INTO source_texts VALUES (?, ?) ON CONFLICT DO NOTHING', text.hash, text.zstd);
  }
}

function removeUnused(database: Database): void {
  database.run(
    'DELETE FROM map_indexes WHERE NOT EXISTS (SELECT 1 FROM artifacts WHERE artifacts.index_key = map_indexes.key)',
  );
  database.run(
    'DELETE FROM artifact_contents WHERE NOT EXISTS (SELECT 1 FROM artifacts WHERE artifacts.hash = artifact_contents.hash)',
  );
  database.run(
    'DELETE FROM source_texts WHERE NOT EXISTS (SELECT 1 FROM map_texts WHERE map_texts.hash = source_texts.hash)',
  );
}

function artifact(row: Row): Artifact {
  return {
    id: String(row['id']),
    projectId: String(row['project_id']),
    release: String(row['release']),
    kind: row['kind'] as Artifact['kind'],
    name: String(row['name']),
    script: String(row['script']),
    debugId: row['debug_id'] as string | null,
    hash: String(row['hash']),
    indexKey: row['index_key'] as string | null,
    bytes: Number(row['bytes']),
    sources: Number(row['sources']),
    texts: Number(row['texts']),
    problems: JSON.parse(String(row['problems'])) as string[],
    createdAt: Number(row['created_at']),
  };
}
