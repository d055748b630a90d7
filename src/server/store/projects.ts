import type { Project } from '../../protocol/api.ts';
import type { Database, Row } from './database.ts';
import type { RecordStore } from './store.ts';

export function createProjectRecords(
  database: Database,
): Pick<RecordStore, 'projects' | 'addProject' | 'renameProject'> {
  return {
    async projects() {
      return database.all('SELECT * FROM projects ORDER BY id').map(project);
    },
    async addProject(name, key, now) {
      const row = database.get(
        'INSERT INTO projects (name, key, created_at) VALUES (?, ?, ?) RETURNING *',
        name,
        key,
        now,
      );
      if (!row) throw new Error('The project was not added.');
      return project(row);
    },
    async renameProject(id, name) {
      database.run('UPDATE projects SET name = ? WHERE id = ?', name, Number(id));
    },
  };
}

function project(row: Row): Project {
  return {
    id: String(row['id']),
    name: String(row['name']),
    key: String(row['key']),
    createdAt: Number(row['created_at']),
    firstEventAt: row['first_event_at'] === null ? null : Number(row['first_event_at']),
  };
}
