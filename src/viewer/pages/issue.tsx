import { useLocation, useRoute } from 'preact-iso/router';
import type { IssueDetail, StoredEvent } from '../../protocol/api.ts';
import { api, ApiFailure } from '../api.ts';
import { useLatest } from '../lib/use-latest.ts';
import { useLive } from '../lib/use-live.ts';
import { useLoad } from '../lib/use-load.ts';
import { useTitle } from '../lib/use-title.ts';
import { ActivityList } from '../parts/activity.tsx';
import { Asked } from '../parts/asked.tsx';
import { Breadcrumbs } from '../parts/breadcrumbs.tsx';
import { Distributions } from '../parts/distributions.tsx';
import { EventFilter } from '../parts/event-filter.tsx';
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
  useLive(({ issueIds }) => issueIds.includes(data?.id ?? id), issue.reload);

  useTitle(data?.title ?? 'Issue');
  if (issue.error instanceof ApiFailure && issue.error.status === 404) return <NotFoundPage />;
  if (!data) return issue.error ? <Failure error={issue.error} onRetry={issue.reload} /> : <Loading what="the issue" />;
  const filter = query['filter'] ?? '';
  return <Issue key={id} issue={data} eventId={query['event']} filter={filter} onChange={issue.reload} />;
}

interface IssueProps {
  issue: IssueDetail;
  /** Undefined stands for the latest that fits the filter. */
  eventId: string | undefined;
  filter: string;
  onChange: () => void;
}

function Issue({ issue, eventId, filter, onChange }: IssueProps) {
  const { matches, error } = useMatches(issue, filter);
  const newest = filter ? (matches?.latestEventId ?? undefined) : issue.latestEventId;
  const { latestId, showNewest } = useLatest(newest, filter);
  const wanted = eventId ?? latestId;
  const event = useLoad(`${wanted} ${filter}`, async (signal) => wanted && api.event(wanted, filter, signal));
  const stored = wanted ? event.data || undefined : undefined;
  const isNone = filter !== '' && matches?.events === 0 && !eventId;
  return (
    <article class="issue-page">
      <IssueKeys />
      <Asked issue={issue} onChange={onChange} />
      <IssueHead issue={issue} onChange={onChange} />
      {filter && <EventFilter issueId={issue.id} filter={filter} matches={matches} />}
      {error && <Failure error={error} />}
      <EventNav
        issue={issue}
        filter={filter}
        stored={stored}
        isLatest={wanted === newest}
        hasNewer={!eventId && newest !== latestId}
        onNewer={showNewest}
      />
      {event.error && <Failure error={event.error} onRetry={event.reload} />}
      {!stored && !event.error && !error && !isNone && <Loading what="the event" />}
      <div class="issue-body" aria-busy={event.isLoading}>
        <div class="issue-story">{stored && <Story stored={stored} />}</div>
        <div class="issue-side">
          <History issue={issue} matches={matches} />
          {stored && <Facts stored={stored} />}
          {issue.events > 1 && <Distributions issueId={issue.id} filter={filter} distributions={issue.distributions} />}
        </div>
        <div class="issue-rest">
          <ActivityList issue={issue} />
          <Grouping issue={issue} eventId={stored?.event.id} onChange={onChange} />
          <EventTable issue={issue} filter={filter} matches={matches?.events} />
          {stored && <RawEvent stored={stored} />}
        </div>
      </div>
    </article>
  );
}

/** Of the issue's events those that fit a filter, counted again when more have come; undefined without a filter. */
function useMatches({ id, events }: IssueDetail, filter: string) {
  const { data, error, isLoading } = useLoad(`${id} ${events} ${filter}`, async (signal) =>
    filter ? { filter, ...(await api.matches(id, filter, signal)) } : undefined,
  );
  return { matches: data?.filter === filter ? data : undefined, error: isLoading ? undefined : error };
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
