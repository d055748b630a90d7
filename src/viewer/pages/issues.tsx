import { useEffect, useMemo, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import type { IssueFilter } from '../api.ts';
import { actionIds } from '../lib/action-ids.ts';
import { countOf } from '../lib/format.ts';
import { issueList as list } from '../lib/issue-list.ts';
import { filterOf, hrefOf, lastList } from '../lib/issue-filter.ts';
import { pressById, focusById, useKeys } from '../lib/use-keys.ts';
import { useLive } from '../lib/use-live.ts';
import { useTitle } from '../lib/use-title.ts';
import { BulkBar } from '../parts/bulk-bar.tsx';
import { Icon } from '../parts/icon.tsx';
import { IssueColumns } from '../parts/issue-columns.tsx';
import { IssueRow, linkId } from '../parts/issue-row.tsx';
import { helpId } from '../parts/list-help.tsx';
import { IssueTools } from '../parts/issue-tools.tsx';
import { NoIssues } from '../parts/no-issues.tsx';
import { searchId } from '../parts/search-box.tsx';
import { Failure, Loading } from '../parts/state.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { session } from '../session.ts';

export function IssuesPage() {
  const { query, url, route } = useLocation();
  const filter = useMemo(() => filterOf(query), [url]);
  const href = (changes: Partial<IssueFilter>) => hrefOf({ ...filter, ...changes });

  useTitle('Issues');
  useListKeys();
  useEffect(() => {
    lastList.href = hrefOf(filter);
    void list.load(filter);
  }, [filter]);
  useLive(
    ({ arrival }) => !arrival || !filter.project || arrival.projectId === filter.project,
    // A refresh that fails is made good by the next one; the stream's state says that something is amiss.
    (touched) => void (list.error.value ? list.load(filter) : list.refresh(touched).catch(() => undefined)),
  );

  return (
    <div class="issues-page">
      <h1 class="off-screen">Issues</h1>
      <IssueTools filter={filter} hrefOf={href} onSearch={(text) => route(href({ query: text }), true)} />
      <Waiting />
      {list.error.value && <Failure error={list.error.value} onRetry={() => void list.load(filter)} />}
      <Issues filter={filter} />
    </div>
  );
}

function Issues({ filter }: { filter: IssueFilter }) {
  const [wasWaiting] = useState(isWaiting);
  const issues = list.shown.value;
  if (!issues) return list.error.value ? null : <Loading what="issues" />;
  if (!issues.length) return <NoIssues filter={filter} />;
  return (
    <>
      {wasWaiting && !isWaiting() && (
        <p class="report-state arrived" role="status">
          <Icon name="check" />
          The first report has arrived
        </p>
      )}
      <div class="list-head">
        <IssueColumns sort={filter.sort} hrefOf={(sort) => hrefOf({ ...filter, sort })} />
        <BulkBar />
      </div>
      <VirtualList
        label="Issues"
        items={issues}
        keyOf={(issue) => issue.id}
        current={list.current.value}
        isBusy={list.isLoading.value}
        onEnd={() => !list.isLoading.value && list.next.value && !list.error.value && void list.more()}
      >
        {(issue, at) => (
          <IssueRow
            key={issue.id}
            issue={issue}
            selectable={{
              isSelected: list.selection.value.has(issue.id),
              onSelect: (isRange) => list.select(issue.id, isRange),
              isCurrent: list.current.value === issue.id,
              place: { at: at + 1, of: list.total.value },
            }}
          />
        )}
      </VirtualList>
      <footer class="list-end">
        <span>
          {list.next.value
            ? `${issues.length} of ${countOf(list.total.value, 'issue')}`
            : countOf(issues.length, 'issue')}
        </span>
        {list.isLoading.value && <span>Loading more…</span>}
        <span class="keys">
          <kbd>j</kbd> <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>x</kbd> selects, <kbd>/</kbd> searches,{' '}
          <kbd>?</kbd> helps
        </span>
      </footer>
    </>
  );
}

/** The keys of the list; its help tells them. */
function useListKeys(): void {
  const move = (step: number) => () => {
    const ids = list.shown.value?.map(({ id }) => id) ?? [];
    const at = ids.indexOf(list.current.value ?? '');
    const isThere = document.activeElement?.closest('.issue-row') !== null;
    const next = at < 0 ? 0 : isThere ? Math.min(ids.length - 1, Math.max(0, at + step)) : at;
    // From elsewhere it first comes back to where it was.
    if (ids[next] === list.current.value) document.getElementById(linkId(ids[next] ?? ''))?.focus();
    list.current.value = ids[next];
  };
  const selected = (id: string) => () => {
    if (!list.selection.value.size && list.current.value) list.select(list.current.value);
    // The buttons are there after the next drawing.
    setTimeout(pressById(id));
  };
  useKeys({
    '/': focusById(searchId),
    '?': () => document.getElementById(helpId)?.togglePopover(),
    j: move(1),
    k: move(-1),
    x: () => list.current.value && list.select(list.current.value),
    X: () => list.current.value && list.select(list.current.value, true),
    r: selected(actionIds.resolve),
    i: selected(actionIds.ignore),
    s: selected(actionIds.snooze),
    z: pressById(actionIds.undo),
    Escape: () => (list.selection.value = new Set()),
  });
}

/** Some project has never sent anything. */
const isWaiting = () => session.value?.projects.some(({ firstEventAt }) => firstEventAt === null) ?? false;

function Waiting() {
  const count = list.waiting.value.length;
  return (
    <div class="waiting" role="status">
      {count > 0 && (
        <button type="button" class="button arrival" onClick={list.showWaiting}>
          {countOf(count, 'new issue')} — show
        </button>
      )}
    </div>
  );
}
