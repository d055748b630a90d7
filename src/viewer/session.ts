import { signal } from '@preact/signals';
import type { Project, Session } from '../protocol/api.ts';

/** Who is signed in; null when nobody is, undefined before the first answer. */
export const session = signal<Session | null | undefined>(undefined);

/** The chosen project, or the only one. Undefined stands for all of them. */
export function chosenProject(id: string | undefined): Project | undefined {
  const projects = session.value?.projects ?? [];
  return projects.find((project) => project.id === id) ?? (projects.length === 1 ? projects[0] : undefined);
}

/** The project of a page that shows one: the chosen one, or the first. */
export const oneProject = (id: string | undefined): Project | undefined =>
  chosenProject(id) ?? session.value?.projects[0];
