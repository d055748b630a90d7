import type { LogList, SessionEvents, StoredRecord } from '../protocol/log-api.ts';
import { call, idPart, queryOf } from './api.ts';

export interface LogFilter {
  project: string | undefined;
  query: string;
}

/** Records of logs, and what leads to them. */
export const logsApi = {
  list: ({ project, query }: LogFilter, options: { cursor?: string; limit?: number; signal?: AbortSignal } = {}) => {
    const { cursor, limit, signal } = options;
    return call<LogList>(`/api/records${queryOf({ project, query, cursor, limit })}`, { signal });
  },
  record: (id: string, project: string | undefined, signal: AbortSignal) =>
    call<StoredRecord>(`/api/records/${idPart(id)}${queryOf({ project })}`, { signal }),
  values: (key: string, begin: string, signal: AbortSignal) =>
    call<string[]>(`/api/records/values${queryOf({ key, begin })}`, { signal }),
  eventsOf: (session: string, project: string, signal: AbortSignal) =>
    call<SessionEvents>(`/api/events${queryOf({ session, project })}`, { signal }),
  liveUrl: ({ project, query }: LogFilter) => `/api/records/live${queryOf({ project, query })}`,
};
