import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { StoredRecord } from '../../protocol/log-api.ts';
import { formatTime } from '../lib/format.ts';
import { logHref, sessionLogHref } from '../lib/log-filter.ts';
import { named } from '../lib/named.ts';
import { queryTerm } from '../lib/query-term.ts';
import { useLoad } from '../lib/use-load.ts';
import { logsApi, type LogFilter } from '../logs-api.ts';
import { EventLink } from './event-link.tsx';
import { FactList } from './facts.tsx';
import { LevelMark } from './level-mark.tsx';
import { SessionErrors } from './session-errors.tsx';
import { Failure, Loading } from './state.tsx';

interface PanelProps {
  id: string;
  filter: LogFilter;
  onClose: () => void;
}

/** All that is known of one record, beside the list, or over it where there is no room. */
export function RecordPanel({ id, filter, onClose }: PanelProps) {
  const { data: stored, error, reload } = useLoad(id, (signal) => logsApi.record(id, filter.project, signal));
  const heading = useRef<HTMLHeadingElement>(null);
  // Who opened it by key or by ear reads on here.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <aside class="record-panel panel" aria-labelledby="record-head">
      <div class="section-head">
        <h2 id="record-head" ref={heading} tabIndex={-1}>
          Record
        </h2>
        <button type="button" class="button quiet" onClick={onClose}>
          Close
        </button>
      </div>
      {error ? (
        <Failure error={error} onRetry={reload} />
      ) : stored ? (
        <Whole stored={stored} filter={filter} />
      ) : (
        <Loading what="the record" />
      )}
    </aside>
  );
}

function Whole({ stored, filter }: { stored: StoredRecord; filter: LogFilter }) {
  const { record, context, projectId, happenedAt } = stored;
  const { level, logger, text, data } = record;
  const { session, tags } = context;
  const byLogger = queryTerm('logger', logger);
  return (
    <>
      <p class="record-head">
        <LevelMark level={level} />{' '}
        {byLogger ? (
          <a class="foreign" href={logHref({ ...filter, query: byLogger })}>
            {logger}
          </a>
        ) : (
          logger
        )}
      </p>
      <p class="record-whole foreign">{text || '(no text)'}</p>
      {data && <Fields title="Fields" fields={data} />}
      {session && <SessionErrors session={session} projectId={projectId} at={happenedAt} />}
      <h3>Where</h3>
      <FactList facts={factsOf(stored)} />
      {session && (
        <p>
          <a href={sessionLogHref(session, filter.project)}>All records of this session</a>
        </p>
      )}
      {tags && Object.keys(tags).length > 0 && <Fields title="Tags" fields={tags} />}
      {context.extra && <Fields title="Extra" fields={context.extra} />}
    </>
  );
}

/** Less is the way. */
const lateMs = 60_000;

function factsOf({ context, happenedAt, receivedAt }: StoredRecord): [string, ComponentChildren][] {
  const { page, browser, os, user } = context;
  return [
    ['When', formatTime(happenedAt)],
    ['Arrived', receivedAt - happenedAt > lateMs && formatTime(receivedAt)],
    ['Page', page?.url && <EventLink url={page.url} />],
    ['Release', context.release],
    ['Environment', context.environment],
    ['User', user && [user.name, user.email, user.id].filter(Boolean).join(', ')],
    ['Browser', browser && named(browser)],
    ['OS', os && named(os)],
    ['Session', context.session],
  ];
}

/** Plain values in a line each; what is nested as it was written. */
function Fields({ title, fields }: { title: string; fields: Record<string, unknown> }) {
  return (
    <>
      <h3>{title}</h3>
      <FactList facts={Object.entries(fields).map(([name, value]) => [name, <Value value={value} />])} />
    </>
  );
}

function Value({ value }: { value: unknown }) {
  if (typeof value !== 'object' || value === null) return <>{String(value)}</>;
  return (
    <pre class="extra" tabIndex={0} role="group" aria-label="Nested value">
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}
