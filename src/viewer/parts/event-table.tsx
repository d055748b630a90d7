import { useEffect, useState } from 'preact/hooks';
import type { EventSummary, IssueDetail } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { issueHref } from '../lib/event-filter.ts';
import { countOf } from '../lib/format.ts';
import { withoutZeros } from '../lib/named.ts';
import { Ago } from './ago.tsx';
import { Failure, Loading } from './state.tsx';

interface TableProps {
  issue: IssueDetail;
  filter: string;
  /** How many fit the filter; undefined without one, and while it is counted. */
  matches: number | undefined;
}

/** All events of the issue, or those that fit the filter, loaded when they are wanted. */
export function EventTable({ issue, filter, matches }: TableProps) {
  const [isOpen, setOpen] = useState(false);
  const [events, setEvents] = useState<EventSummary[]>();
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<Error>();
  const load = async (cursor?: string) => {
    try {
      const list = await api.events(issue.id, filter, cursor);
      setEvents((before) => [...((cursor && before) || []), ...list.events]);
      setNext(list.next);
      setError(undefined);
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(String(reason)));
    }
  };
  useEffect(() => {
    setEvents(undefined);
    if (isOpen) void load();
  }, [filter, isOpen]);
  return (
    <details class="panel" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{filter ? 'Events with these values' : 'All events'}</h2>{' '}
        <span class="hint">{countOf(matches ?? issue.events, 'event')}</span>
      </summary>
      {error && <Failure error={error} onRetry={() => void load()} />}
      {isOpen && !events && !error && <Loading what="events" />}
      {events && <Rows issueId={issue.id} filter={filter} events={events} />}
      {next && (
        <button type="button" class="button" onClick={() => void load(next)}>
          Load more
        </button>
      )}
    </details>
  );
}

function Rows({ issueId, filter, events }: { issueId: string; filter: string; events: EventSummary[] }) {
  return (
    <div class="scroll-x" tabIndex={0} role="region" aria-label="All events">
      <table>
        <thead>
          <tr>
            {['When', 'Browser', 'OS', 'Page', 'Release', 'User'].map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.id}>
              <td>
                <a href={issueHref(issueId, { event: event.id, filter })}>
                  <Ago at={event.happenedAt} />
                </a>
              </td>
              {[event.browser, event.os].map((text, at) => (
                <td key={at} class="foreign" title={text}>
                  {withoutZeros(text)}
                </td>
              ))}
              <td class="foreign">{event.url}</td>
              <td class="foreign">{event.release}</td>
              <td class="foreign">{event.user}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
