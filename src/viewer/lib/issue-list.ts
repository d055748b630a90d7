import { batch, computed, signal } from '@preact/signals';
import type { IssueChange, IssueList, IssuesChanged, IssueSummary } from '../../protocol/api.ts';
import { api, type IssueFilter } from '../api.ts';
import { countOf } from './format.ts';
import { createLatestRun } from './latest-run.ts';
import { toast } from './toast.ts';

const pageSize = 50;
/** Of those that follow: who scrolls wants many. */
const morePageSize = 250;
const maxPageSize = 500;
/** Taken back by one request. */
const maxDeeds = 2_000;

/**
 * The issues on the screen. What arrives updates the shown lines in place; issues that are not shown yet wait in
 * `waiting` until the reader asks for them, so nothing moves under the pointer.
 */
function createIssueList() {
  const shown = signal<IssueSummary[] | undefined>(undefined);
  const fresh = signal<IssueList | undefined>(undefined);
  const next = signal<string | null>(null);
  const total = signal(0);
  const { error, isLoading, run } = createLatestRun();
  const selection = signal<ReadonlySet<string>>(new Set());
  /** The one that the keys are at. */
  const current = signal<string | undefined>(undefined);
  let anchor = '';
  let filter: IssueFilter | undefined;

  const waiting = computed(() => {
    const known = new Set(shown.value?.map((issue) => issue.id));
    return (fresh.value?.issues ?? []).filter((issue) => !known.has(issue.id));
  });

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
      if (!isSame) [selection.value, current.value] = [new Set(), undefined];
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
      const list = await api.issues(filter, { cursor: next.value, limit: morePageSize, signal });
      if (signal.aborted) return;
      const known = new Set(shown.value?.map((issue) => issue.id));
      batch(() => {
        shown.value = [...(shown.value ?? []), ...list.issues.filter((issue) => !known.has(issue.id))];
        next.value = list.next;
      });
    });

  /** Changes the issues in one way, and shows what has become of the list. */
  async function change(ids: string[], wanted: IssueChange): Promise<IssuesChanged> {
    const answer = await api.changeIssues(ids, wanted);
    selection.value = new Set();
    if (filter) await load(filter);
    return answer;
  }

  /** Takes deeds back, and tells how that went. */
  async function undo(deeds: string[]): Promise<void> {
    let changed = 0;
    for (let at = 0; at < deeds.length; at += maxDeeds) {
      changed += (await api.undoDeeds(deeds.slice(at, at + maxDeeds))).changed;
    }
    const left = deeds.length - changed;
    const others = left ? ` ${countOf(left, 'other')} had been changed since.` : '';
    toast.value = { text: `${countOf(changed, 'issue')} put back.${others}` };
    if (filter) await load(filter);
  }

  /** Selects or lets go of one, or with `isRange` all from the one before up to this. */
  function select(id: string, isRange = false): void {
    const ids = shown.value?.map((issue) => issue.id) ?? [];
    const wanted = new Set(selection.value);
    const [from, to] = [ids.indexOf(isRange ? anchor : id), ids.indexOf(id)].sort((a, b) => a - b);
    if (from !== undefined && to !== undefined && from >= 0 && from < to) {
      for (const each of ids.slice(from, to + 1)) wanted.add(each);
    } else if (!wanted.delete(id)) wanted.add(id);
    anchor = id;
    selection.value = wanted;
  }

  /** Asks for the newest counts; `touched` are issues that are known to have changed. */
  async function refresh(touched: Set<string>): Promise<void> {
    const wanted = filter;
    if (!wanted || isLoading.value) return;
    const list = await api.issues(wanted, { limit: pageSize });
    const newest = new Map(list.issues.map((issue) => [issue.id, issue]));
    const others = (shown.value ?? []).filter((issue) => touched.has(issue.id) && !newest.has(issue.id)).slice(0, 10);
    const asked = await Promise.all(others.map((other) => api.issue(other.id)));
    for (const issue of asked) newest.set(issue.id, issue);
    // The number of one that was merged leads to the one that took it in.
    const merged = new Set(others.filter(({ id }, at) => asked[at]?.id !== id));
    if (filter !== wanted || isLoading.value) return;
    if (!shown.value?.length) return replace(list);
    batch(() => {
      shown.value = shown.value?.filter((issue) => !merged.has(issue)).map((issue) => newest.get(issue.id) ?? issue);
      total.value = list.total;
      fresh.value = list;
    });
  }

  const showWaiting = () => fresh.value && replace(fresh.value);

  return {
    shown,
    waiting,
    next,
    total,
    error,
    isLoading,
    selection,
    current,
    load,
    more,
    change,
    undo,
    select,
    refresh,
    showWaiting,
  };
}

/** One for the whole viewer: the list is there at once when the reader comes back to it. */
export const issueList = createIssueList();
