import { batch, computed, signal } from '@preact/signals';
import type { IssueList, IssueSummary } from '../../protocol/api.ts';
import { api, type IssueFilter } from '../api.ts';

const pageSize = 50;
const maxPageSize = 100;

/**
 * The issues on the screen. What arrives updates the shown lines in place; issues that are not shown yet wait in
 * `waiting` until the reader asks for them, so nothing moves under the pointer.
 */
function createIssueList() {
  const shown = signal<IssueSummary[] | undefined>(undefined);
  const fresh = signal<IssueList | undefined>(undefined);
  const next = signal<string | null>(null);
  const total = signal(0);
  const error = signal<Error | undefined>(undefined);
  const isLoading = signal(false);
  let filter: IssueFilter | undefined;
  let abort = new AbortController();

  const waiting = computed(() => {
    const known = new Set(shown.value?.map((issue) => issue.id));
    return (fresh.value?.issues ?? []).filter((issue) => !known.has(issue.id));
  });

  async function run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    isLoading.value = true;
    try {
      await work(signal);
      if (!signal.aborted) error.value = undefined;
    } catch (reason) {
      if (!signal.aborted) error.value = reason instanceof Error ? reason : new Error(String(reason));
    } finally {
      if (!signal.aborted) isLoading.value = false;
    }
  }

  function replace(list: IssueList): void {
    batch(() => {
      shown.value = list.issues;
      next.value = list.next;
      total.value = list.total;
      fresh.value = undefined;
    });
  }

  const load = (wanted: IssueFilter) =>
    run(async (signal) => {
      // Back from an issue the reader finds as many lines as before, and the same place among them.
      const isSame = JSON.stringify(wanted) === JSON.stringify(filter);
      const limit = isSame ? Math.min(maxPageSize, Math.max(pageSize, shown.value?.length ?? 0)) : pageSize;
      filter = wanted;
      const list = await api.issues(wanted, { limit, signal }).catch((reason: unknown) => {
        // Lines of another search or status must not stand there as if they were the answer.
        if (!isSame && !signal.aborted) shown.value = undefined;
        throw reason;
      });
      if (!signal.aborted) replace(list);
    });

  const more = () =>
    run(async (signal) => {
      if (!filter || !next.value) return;
      const list = await api.issues(filter, { cursor: next.value, limit: pageSize, signal });
      if (signal.aborted) return;
      const known = new Set(shown.value?.map((issue) => issue.id));
      batch(() => {
        shown.value = [...(shown.value ?? []), ...list.issues.filter((issue) => !known.has(issue.id))];
        next.value = list.next;
      });
    });

  /** Asks for the newest counts; `touched` are issues that are known to have changed. */
  async function refresh(touched: Set<string>): Promise<void> {
    const wanted = filter;
    if (!wanted || isLoading.value) return;
    const list = await api.issues(wanted, { limit: pageSize });
    const newest = new Map(list.issues.map((issue) => [issue.id, issue]));
    const others = (shown.value ?? []).filter((issue) => touched.has(issue.id) && !newest.has(issue.id)).slice(0, 10);
    for (const issue of await Promise.all(others.map((other) => api.issue(other.id)))) newest.set(issue.id, issue);
    if (filter !== wanted || isLoading.value) return;
    if (!shown.value?.length) return replace(list);
    batch(() => {
      shown.value = shown.value?.map((issue) => newest.get(issue.id) ?? issue);
      total.value = list.total;
      fresh.value = list;
    });
  }

  const showWaiting = () => fresh.value && replace(fresh.value);

  return { shown, waiting, next, total, error, isLoading, load, more, refresh, showWaiting };
}

/** One for the whole viewer: the list is there at once when the reader comes back to it. */
export const issueList = createIssueList();
