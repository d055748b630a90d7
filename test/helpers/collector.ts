import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IssueList, StoredEvent } from '../../src/protocol/api.ts';
import { createCollector, type Collector, type CollectorOptions } from '../../src/server/index.ts';
import { until } from './until.ts';

export interface TestCollector {
  url: string;
  /** Where a page sends its batches. */
  endpoint: string;
  key: string;
  token: string;
  dataDir: string;
  collector: Collector;
  /** Calls the JSON API with the API token; throws on any status of 400 and above. */
  api<T>(path: string, init?: RequestInit): Promise<T>;
  /** The newest event that matches, as soon as it can be read in the API. Throws after 10 s. */
  waitForEvent(match: (stored: StoredEvent) => boolean): Promise<StoredEvent>;
  /** Resolves when all that was acknowledged can be read in the API. Throws after 10 s. */
  digested(): Promise<void>;
  /** Every event that can be read in the API. */
  events(): Promise<StoredEvent[]>;
  /** Ends it, and removes the data folder if it was made here. */
  close(): Promise<void>;
}

const pollMs = 30;
const timeoutMs = 10_000;

/** Starts the real server on a free port, with a data folder of its own unless one is given. */
export async function startCollector(options: Partial<CollectorOptions> = {}): Promise<TestCollector> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'pagefault-test-')));
  const token = options.token ?? 'test-token';
  const collector = await createCollector({ port: 0, key: 'testkey', ...options, token, dataDir });
  const { url } = await collector.listen();
  const { key } = collector;

  const api = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
    const headers = { authorization: `Bearer ${token}`, ...(init.body ? { 'content-type': 'application/json' } : {}) };
    const response = await fetch(new URL(path, url), { ...init, headers: { ...headers, ...init.headers } });
    if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
  const events = async (): Promise<StoredEvent[]> => {
    const { issues } = await api<IssueList>('/api/issues?limit=100');
    const lists = await Promise.all(
      issues.map(async (issue) => {
        const list = await api<{ events: { id: string }[] }>(`/api/issues/${issue.id}/events?limit=100`);
        return list.events.map(({ id }) => `${id}?project=${issue.projectId}`);
      }),
    );
    return Promise.all(lists.flat().map((path) => api<StoredEvent>(`/api/events/${path}`)));
  };

  const backlog = async (): Promise<number> => {
    const response = await fetch(new URL('/metrics', url), { headers: { authorization: `Bearer ${token}` } });
    return Number(/^pagefault_backlog_events (\d+)$/m.exec(await response.text())?.[1]);
  };
  return {
    url,
    endpoint: `${url}/in/${key}`,
    key,
    token,
    dataDir,
    collector,
    api,
    events,
    digested: () => until(async () => (await backlog()) === 0, backlog, timeoutMs),
    async waitForEvent(match) {
      for (const end = Date.now() + timeoutMs; ;) {
        const all = await events();
        const found = all.filter(match).sort((a, b) => b.receivedAt - a.receivedAt)[0];
        if (found) return found;
        if (Date.now() > end)
          throw new Error(
            `No event matches; there are ${JSON.stringify(
              all.map((stored) => stored.event),
              null,
              1,
            )}`,
          );
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
    },
    async close() {
      await collector.close();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
