import { useEffect, useMemo, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import type { IssueFilter } from '../api.ts';
import { countOf } from '../lib/format.ts';
import { issueList as list } from '../lib/issue-list.ts';
import { filterOf, hrefOf } from '../lib/issue-filter.ts';
import { useListKeys } from '../lib/list-keys.ts';
import { useLive } from '../lib/use-live.ts';
import { useTitle } from '../lib/use-title.ts';
import { Icon } from '../parts/icon.tsx';
import { IssueColumns } from '../parts/issue-columns.tsx';
import { IssueRow } from '../parts/issue-row.tsx';
import { helpId } from '../parts/list-help.tsx';
import { IssueTools, searchId } from '../parts/issue-tools.tsx';
import { NoIssues } from '../parts/no-issues.tsx';
import { Failure, Loading } from '../parts/state.tsx';
import { session } from '../session.ts';

export function IssuesPage() {
  const { query, url, route } = useLocation();
  const filter = useMemo(() => filterOf(query), [url]);
  const href = (changes: Partial<IssueFilter>) => hrefOf({ ...filter, ...changes });

  useTitle('Issues');
  useListKeys('.issue-link', searchId, helpId);
  useEffect(() => void list.load(filter), [filter]);
  useLive(
    ({ projectId }) => !filter.project || projectId === filter.project,
    // A refresh that fails is made good by the next one; the stream's state says that something is amiss.
    (touched) => void list.refresh(touched).catch(() => undefined),
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
      <IssueColumns sort={filter.sort} hrefOf={(sort) => hrefOf({ ...filter, sort })} />
      <ol class="issues" aria-busy={list.isLoading.value}>
        {issues.map((issue) => (
          <IssueRow key={issue.id} issue={issue} />
        ))}
      </ol>
      <footer class="list-end">
        <span>
          {list.next.value
            ? `${issues.length} of ${countOf(list.total.value, 'issue')}`
            : countOf(issues.length, 'issue')}
        </span>
        {list.next.value && (
          <button type="button" class="button" onClick={() => void list.more()} disabled={list.isLoading.value}>
            Load more
          </button>
        )}
        <span class="keys">
          <kbd>j</kbd> <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>/</kbd> searches, <kbd>?</kbd> helps
        </span>
      </footer>
    </>
  );
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
