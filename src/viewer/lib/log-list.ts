import { batch, signal } from '@preact/signals';
import type { LogLine, LogList } from '../../protocol/log-api.ts';
import { logsApi, type LogFilter } from '../logs-api.ts';
import { createLatestRun } from './latest-run.ts';

const pageSize = 100;
const morePageSize = 250;
/** Pages without a match that are looked through before the reader is asked whether to go on. */
const maxEmptyPages = 10;
/** More of them are not kept to be shown at once: the list is loaded anew. */
const maxWaiting = 1_000;
const maxFollowed = 5_000;

/** Records on the screen, newest first. What arrives while the reader is elsewhere in the list waits for them. */
function createLogList() {
  const shown = signal<LogLine[] | undefined>(undefined);
  const waiting = signal<LogLine[]>([]);
  const next = signal<string | null>(null);
  const { error, isLoading, run } = createLatestRun();
  let filter: LogFilter | undefined;

  /** The first page that has something, or the last one that was asked for. */
  async function find(wanted: LogFilter, options: { cursor?: string; limit: number; signal: AbortSignal }) {
    let list: LogList = { records: [], next: options.cursor ?? null };
    for (let pages = 0; pages < maxEmptyPages; pages++) {
      list = await logsApi.list(wanted, { ...options, ...(list.next !== null && { cursor: list.next }) });
      if (list.records.length > 0 || list.next === null) break;
    }
    return list;
  }

  const load = (wanted: LogFilter) =>
    run(async (signal) => {
      const isSame = JSON.stringify(wanted) === JSON.stringify(filter);
      filter = wanted;
      if (!isSame) waiting.value = [];
      const list = await find(wanted, { limit: pageSize, signal }).catch((reason: unknown) => {
        // Lines of another search must not stand there as if they were the answer.
        if (!isSame && !signal.aborted) shown.value = undefined;
        throw reason;
      });
      if (signal.aborted) return;
      batch(() => {
        shown.value = list.records;
        next.value = list.next;
        waiting.value = [];
      });
    });

  const more = () =>
    run(async (signal) => {
      if (!filter || !next.value) return;
      const list = await find(filter, { cursor: next.value, limit: morePageSize, signal });
      if (signal.aborted) return;
      batch(() => {
        shown.value = merged(shown.value ?? [], list.records);
        next.value = list.next;
      });
    });

  /** Takes in what has just come: at once, or when the reader asks for it. */
  function arrive(lines: LogLine[], isReading: boolean): void {
    if (!filter || !shown.value) return;
    const known = new Set([...shown.value, ...waiting.value].map(keyOf));
    const fresh = lines.filter((line) => !known.has(keyOf(line)));
    if (isReading) waiting.value = [...waiting.value, ...fresh];
    else if (shown.value.length > maxFollowed) void load(filter);
    else shown.value = merged(fresh.toReversed(), shown.value);
  }

  function showWaiting(): void {
    if (!filter) return;
    if (waiting.value.length > maxWaiting) return void load(filter);
    batch(() => {
      shown.value = merged(waiting.value.toReversed(), shown.value ?? []);
      waiting.value = [];
    });
  }

  return { shown, waiting, next, error, isLoading, load, more, arrive, showWaiting };
}

/** Ids are a project's own. */
export const keyOf = ({ projectId, id }: LogLine) => `${projectId} ${id}`;

/** In the order of time, newest first; of one time, those of the first list before those of the other. */
function merged(newer: LogLine[], older: LogLine[]): LogLine[] {
  const known = new Set(newer.map(keyOf));
  return [...newer, ...older.filter((line) => !known.has(keyOf(line)))].sort((a, b) => b.at - a.at);
}

/** One for the whole viewer: the list is there at once when the reader comes back to it. */
export const logList = createLogList();
