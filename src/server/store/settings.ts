import { defaultProjectSettings, type ProjectSettings } from '../../protocol/api.ts';
import type { Database } from './database.ts';
import type { RecordStore } from './store.ts';

export function createSettingRecords(
  database: Database,
): Pick<RecordStore, 'setting' | 'setSetting' | 'projectSettings' | 'setProjectSettings'> {
  return {
    async setting(name) {
      const row = database.get('SELECT value FROM settings WHERE name = ?', name);
      return row && (JSON.parse(String(row['value'])) as unknown);
    },
    async setSetting(name, value) {
      database.run(
        'INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
        name,
        JSON.stringify(value),
      );
    },
    projectSettings: async (projectId) => readProjectSettings(database, projectId),
    async setProjectSettings(projectId, settings) {
      database.run('UPDATE projects SET settings = ? WHERE id = ?', JSON.stringify(settings), Number(projectId));
    },
  };
}

/** What is not set has its default, also what a newer version knows. */
export function readProjectSettings(database: Database, projectId: string): ProjectSettings {
  const row = database.get('SELECT settings FROM projects WHERE id = ?', Number(projectId));
  return { ...defaultProjectSettings, ...(JSON.parse(String(row?.['settings'] ?? '{}')) as Partial<ProjectSettings>) };
}
