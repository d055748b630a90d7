import type {
  Activity,
  ApiError,
  ArtifactList,
  EventList,
  IssueChange,
  IssueDetail,
  IssueList,
  IssueMatches,
  IssuesChanged,
  IssueStatus,
  KnownValue,
  Overview,
  Person,
  Project,
  ReleaseDetail,
  ReleaseList,
  SavedSearch,
  Session,
  SplitAnswer,
  StoredEvent,
} from '../protocol/api.ts';
import { saysState } from './lib/query-term.ts';
import { session } from './session.ts';

/** An answer that is not 2xx, or none at all (`status` 0). The message is one sentence for people. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

interface Call {
  method?: string;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

function init({ method = 'GET', body, signal }: Call): RequestInit {
  const headers: Record<string, string> = {};
  const csrfToken = session.value?.csrfToken;
  if (method !== 'GET' && csrfToken) headers['X-CSRF-Token'] = csrfToken;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  return { method, headers, signal: signal ?? null, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
}

async function failureOf(response: Response): Promise<ApiFailure> {
  const said = (await response.json().catch(() => ({}))) as Partial<ApiError>;
  const message = said.message ?? `The collector answered ${response.status}.`;
  return new ApiFailure(response.status, said.error ?? 'unknown', message);
}

export async function call<T>(path: string, options: Call = {}): Promise<T> {
  const response = await fetch(path, init(options)).catch((reason: unknown) => {
    if (options.signal?.aborted) throw reason;
    throw new ApiFailure(0, 'unreachable', 'The collector cannot be reached.');
  });
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  const failure = await failureOf(response);
  // Signed out elsewhere, or the session has ended: every page then leads to the sign-in page.
  if (failure.status === 401 && session.value) session.value = null;
  throw failure;
}

export const idPart = (id: string) => encodeURIComponent(id);
export const projectPath = (id: string) => `/api/projects/${idPart(id)}`;

export function queryOf(values: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, String(value));
  return query.size ? `?${query}` : '';
}

export interface IssueFilter {
  project: string | undefined;
  query: string;
  status: IssueStatus | 'all';
  sort: 'lastSeen' | 'firstSeen' | 'events' | 'users' | 'trend';
}

export type Credentials = { token: string } | { email: string; password: string };

export const api = {
  async loadSession(): Promise<void> {
    try {
      session.value = await call<Session>('/api/session');
    } catch (reason) {
      if (!(reason instanceof ApiFailure) || reason.status !== 401) throw reason;
      session.value = null;
    }
  },
  async signIn(credentials: Credentials): Promise<void> {
    session.value = await call<Session>('/api/session', { method: 'POST', body: credentials });
  },
  async signOut(): Promise<void> {
    await call<void>('/api/session', { method: 'DELETE' });
    // A new document, so that nothing of what was read stays in memory.
    location.assign('/sign-in');
  },
  /** Begins a new session and ends all others of the person. */
  async changeMe(self: { name: string; email: string; password: string; currentPassword?: string }): Promise<void> {
    session.value = await call<Session>('/api/people/me', { method: 'POST', body: self });
  },
  addProject: (name: string) => call<Project>('/api/projects', { method: 'POST', body: { name } }),
  overview: (projectId: string, signal: AbortSignal) =>
    call<Overview>(`${projectPath(projectId)}/overview`, { signal }),
  /** From the next visit on, what is there now is not new. */
  look: (projectId: string) => call<void>(`${projectPath(projectId)}/looks`, { method: 'POST' }),
  releases: (projectId: string, cursor?: string) =>
    call<ReleaseList>(`${projectPath(projectId)}/releases${queryOf({ cursor, limit: 50 })}`),
  release: (projectId: string, name: string, signal: AbortSignal) =>
    call<ReleaseDetail>(`${projectPath(projectId)}/release${queryOf({ name })}`, { signal }),
  artifacts: (projectId: string, release: string) =>
    call<ArtifactList>(`${projectPath(projectId)}/artifacts?${new URLSearchParams({ release, limit: '100' })}`),
  issues: (filter: IssueFilter, options: { cursor?: string; limit?: number; signal?: AbortSignal } = {}) => {
    const { project, query, sort } = filter;
    // What the search says of the state goes before the tabs.
    const status = filter.status === 'all' || saysState(query) ? undefined : filter.status;
    const { cursor, limit, signal } = options;
    return call<IssueList>(`/api/issues${queryOf({ project, query, status, sort, cursor, limit })}`, { signal });
  },
  issue: (id: string, signal?: AbortSignal) => call<IssueDetail>(`/api/issues/${idPart(id)}`, { signal }),
  changeIssue: (id: string, change: IssueChange) =>
    call<IssueDetail>(`/api/issues/${idPart(id)}`, { method: 'PATCH', body: change }),
  changeIssues: (ids: string[], change: IssueChange) =>
    call<IssuesChanged>('/api/issues', { method: 'PATCH', body: { ...change, ids } }),
  /** Puts issues back as they were before; answers how many. */
  undoDeeds: (deeds: string[]) => call<{ changed: number }>('/api/issues/undo', { method: 'POST', body: { deeds } }),
  activity: (issueId: string, signal?: AbortSignal) =>
    call<Activity[]>(`/api/issues/${idPart(issueId)}/activity`, { signal }),
  comment: (issueId: string, text: string) =>
    call<Activity>(`/api/issues/${idPart(issueId)}/comments`, { method: 'POST', body: { text } }),
  people: () => call<Person[]>('/api/people'),
  keys: () => call<string[]>('/api/keys'),
  values: (key: string, begin: string, project: string | undefined, signal: AbortSignal) =>
    call<KnownValue[]>(`/api/values${queryOf({ key, begin, project })}`, { signal }),
  searches: () => call<SavedSearch[]>('/api/searches'),
  keepSearch: (search: Pick<SavedSearch, 'name' | 'search' | 'isShared'>) =>
    call<SavedSearch>('/api/searches', { method: 'POST', body: search }),
  forgetSearch: (id: string) => call<void>(`/api/searches/${idPart(id)}`, { method: 'DELETE' }),
  /** Merges others into an issue. */
  merge: (id: string, issues: string[]) =>
    call<IssueDetail>(`/api/issues/${idPart(id)}/merge`, { method: 'POST', body: { issues } }),
  /** Splits off events and all like them. */
  split: (id: string, events: string[]) =>
    call<SplitAnswer>(`/api/issues/${idPart(id)}/split`, { method: 'POST', body: { events } }),
  undo: (id: string, correction: string) =>
    call<IssueDetail>(`/api/issues/${idPart(id)}/undo`, { method: 'POST', body: { correction } }),
  events: (issueId: string, filter: string, cursor?: string) =>
    call<EventList>(`/api/issues/${idPart(issueId)}/events${queryOf({ filter, cursor, limit: 25 })}`),
  matches: (issueId: string, filter: string, signal: AbortSignal) =>
    call<IssueMatches>(`/api/issues/${idPart(issueId)}/matches${queryOf({ filter })}`, { signal }),
  event: (id: string, filter: string, signal: AbortSignal) =>
    call<StoredEvent>(`/api/events/${idPart(id)}${queryOf({ filter })}`, { signal }),
};
