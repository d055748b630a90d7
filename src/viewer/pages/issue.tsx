import { useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso/router';
import type { IssueDetail, StoredEvent } from '../../protocol/api.ts';
import { api, ApiFailure } from '../api.ts';
import { useLive } from '../lib/use-live.ts';
import { useLoad } from '../lib/use-load.ts';
import { useTitle } from '../lib/use-title.ts';
import { ActivityList } from '../parts/activity.tsx';
import { Asked } from '../parts/asked.tsx';
import { Breadcrumbs } from '../parts/breadcrumbs.tsx';
import { Distributions } from '../parts/distributions.tsx';
import { EventNav } from '../parts/event-nav.tsx';
import { EventTable } from '../parts/event-table.tsx';
import { Facts } from '../parts/facts.tsx';
import { Grouping } from '../parts/grouping.tsx';
import { History } from '../parts/history.tsx';
import { IssueHead } from '../parts/issue-head.tsx';
import { IssueKeys } from '../parts/issue-keys.tsx';
import { RawEvent } from '../parts/raw-event.tsx';
import { RequestFacts } from '../parts/request-facts.tsx';
import { isScriptError, ScriptErrorHelp } from '../parts/script-error-help.tsx';
import { Stack } from '../parts/stack.tsx';
import { Failure, Loading } from '../parts/state.tsx';
import { NotFoundPage } from './not-found.tsx';

export function IssuePage() {
  const { params } = useRoute();
  const { query } = useLocation();
  const id = params['id'] ?? '';
  const issue = useLoad(id, (signal) => api.issue(id, signal));
  // An issue that has become part of another answers under the other's id.
  const data = issue.isLoading ? undefined : issue.data;
  useLive((message) => message.issueId === (data?.id ?? id), issue.reload);

  useTitle(data?.title ?? 'Issue');
  if (issue.error instanceof ApiFailure && issue.error.status === 404) return <NotFoundPage />;
  if (!data) return issue.error ? <Failure error={issue.error} onRetry={issue.reload} /> : <Loading what="the issue" />;
  return <Issue key={id} issue={data} eventId={query['event']} onChange={issue.reload} />;
}

interface IssueProps {
  issue: IssueDetail;
  /** Undefined stands for the latest. */
  eventId: string | undefined;
  onChange: () => void;
}

function Issue({ issue, eventId, onChange }: IssueProps) {
  // A newer event does not replace the one that is being read; the page only offers it.
  const [latestId, setLatestId] = useState(issue.latestEventId);
  const wanted = eventId ?? latestId;
  const event = useLoad(wanted, (signal) => api.event(wanted, signal));
  const newerId = issue.latestEventId === latestId ? undefined : issue.latestEventId;
  const stored = event.data;
  return (
    <article class="issue-page">
      <IssueKeys />
      <Asked issue={issue} onChange={onChange} />
      <IssueHead issue={issue} onChange={onChange} />
      <EventNav
        issue={issue}
        stored={stored}
        isLatest={wanted === issue.latestEventId}
        hasNewer={!eventId && newerId !== undefined}
        onNewer={() => setLatestId(issue.latestEventId)}
      />
      {event.error && <Failure error={event.error} onRetry={event.reload} />}
      {!stored && !event.error && <Loading what="the event" />}
      <div class="issue-body" aria-busy={event.isLoading}>
        <div class="issue-story">{stored && <Story stored={stored} />}</div>
        <div class="issue-side">
          <History issue={issue} />
          {stored && <Facts stored={stored} />}
          {issue.events > 1 && <Distributions distributions={issue.distributions} />}
        </div>
        <div class="issue-rest">
          <ActivityList issue={issue} />
          <Grouping issue={issue} eventId={stored?.event.id} onChange={onChange} />
          <EventTable issue={issue} />
          {stored && <RawEvent stored={stored} />}
        </div>
      </div>
    </article>
  );
}

/** What happened, in the order in which a developer asks. */
function Story({ stored }: { stored: StoredEvent }) {
  const { event } = stored;
  return (
    <>
      {isScriptError(event) && <ScriptErrorHelp stored={stored} />}
      {event.request && <RequestFacts request={event.request} />}
      <Stack stored={stored} />
      <Breadcrumbs stored={stored} />
    </>
  );
}
