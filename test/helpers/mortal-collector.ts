import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EventList, IssueList } from '../../src/protocol/api.ts';

const program = new URL('../server/collector-process.ts', import.meta.url).pathname;
const authorization = { authorization: 'Bearer test-token' };

/** A collector in a process of its own, on one port and one data folder, however often it is killed. */
export class MortalCollector {
  endpoint = '';
  #child: ChildProcess | undefined;
  #folder = '';
  #port = 0;
  readonly #maxBacklog: number;

  /** By default 50,000 events may wait for the digest. */
  constructor({ maxBacklog = 50_000 } = {}) {
    this.#maxBacklog = maxBacklog;
  }

  get databaseFile(): string {
    return join(this.#folder, 'pagefault.db');
  }

  async start(): Promise<void> {
    this.#folder ||= await mkdtemp(join(tmpdir(), 'pagefault-mortal-'));
    const child = spawn(process.execPath, [program, this.#folder, String(this.#port), String(this.#maxBacklog)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
    this.#port = Number(new URL(url).port);
    this.endpoint = `${url}/in/testkey`;
  }

  /** From now on every event is kept, however many there are in one issue. */
  async keepAll(): Promise<void> {
    const settings = { origins: [], eventsPerMinute: null, keptPerIssueHour: null };
    const answer = await fetch(new URL('/api/projects/1/settings', this.endpoint), {
      method: 'PUT',
      headers: { ...authorization, 'content-type': 'application/json' },
      body: JSON.stringify(settings),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.signalCode) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  /** Titles of all events, each as often as it was kept. */
  async titles(): Promise<string[]> {
    const get = async <T>(path: string) =>
      (await (await fetch(new URL(path, this.endpoint), { headers: authorization })).json()) as T;
    const { issues } = await get<IssueList>('/api/issues?limit=100');
    const titles: string[] = [];
    for (const { id } of issues) {
      for (let cursor: string | null = ''; cursor !== null;) {
        const list: EventList = await get(
          `/api/issues/${id}/events?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        );
        titles.push(...list.events.map(({ title }) => title));
        cursor = list.next;
      }
    }
    return titles;
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
