import type { Project } from '../protocol/api.ts';
import { createKey } from './accounts/secrets.ts';
import type { RecordStore } from './store/store.ts';

/** Projects by key, in memory: every report asks for one. */
export interface Projects {
  byKey(key: string): { id: string } | undefined;
  list(): Promise<Project[]>;
  add(name: string): Promise<Project>;
}

/** Makes the first project if there is none, with `firstKey` if given; a key given later adds a project of its own. */
export async function createProjects(records: RecordStore, firstKey: string | undefined): Promise<Projects> {
  const known = await records.projects();
  if (known.length === 0 || (firstKey !== undefined && !known.some(({ key }) => key === firstKey))) {
    known.push(
      await records.addProject(
        known.length === 0 ? 'My site' : `Site ${known.length + 1}`,
        firstKey ?? createKey(),
        Date.now(),
      ),
    );
  }
  const byKey = new Map(known.map((project) => [project.key, project]));
  return {
    byKey: (key) => byKey.get(key),
    list: () => records.projects(),
    async add(name) {
      const project = await records.addProject(name, createKey(), Date.now());
      byKey.set(project.key, project);
      return project;
    },
  };
}
