import type { Project, ProjectSettings } from '../protocol/api.ts';
import { createKey } from './accounts/secrets.ts';
import { createRateLimit, type RateLimit } from './limit-rate.ts';
import type { RecordStore } from './store/store.ts';

/** What a report has to know of its project. */
export interface KnownProject {
  id: string;
  settings: ProjectSettings;
  /** Undefined for no limit. */
  limit: RateLimit | undefined;
  /** The same for records of logs: a talkative logger must not cost events. */
  recordLimit: RateLimit | undefined;
}

/** Projects by key, in memory: every report asks for one. */
export interface Projects {
  byKey(key: string): KnownProject | undefined;
  set(id: string, settings: ProjectSettings): Promise<void>;
  list(): Promise<Project[]>;
  add(name: string): Promise<Project>;
  rename(id: string, name: string): Promise<void>;
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
  const byKey = new Map<string, KnownProject>();
  const remember = async ({ id, key }: Project) => {
    const settings = await records.projectSettings(id);
    const { eventsPerMinute } = settings;
    const createLimit = () => (eventsPerMinute === null ? undefined : createRateLimit(eventsPerMinute, Date.now()));
    byKey.set(key, { id, settings, limit: createLimit(), recordLimit: createLimit() });
  };
  for (const project of known) await remember(project);
  return {
    byKey: (key) => byKey.get(key),
    list: () => records.projects(),
    async set(id, settings) {
      await records.setProjectSettings(id, settings);
      for (const project of await records.projects()) if (project.id === id) await remember(project);
    },
    rename: (id, name) => records.renameProject(id, name),
    async add(name) {
      const project = await records.addProject(name, createKey(), Date.now());
      await remember(project);
      return project;
    },
  };
}
