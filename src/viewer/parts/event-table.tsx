import { useState } from 'preact/hooks';
import type { EventSummary, IssueDetail } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { countOf } from '../lib/format.ts';
import { Ago } from './ago.tsx';
import { Failure, Loading } from './state.tsx';

/** All events of the issue, loaded when they are wanted. */
export function EventTable({ issue }: { issue: IssueDetail }) {
  const [events, setEvents] = useState<EventSummary[]>();
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<Error>();
  const load = async (cursor?: string) => {
    try {
      const list = await api.events(issue.id, cursor);
      setEvents((before) => [...((cursor && before) || []), ...list.events]);
      setNext(list.next);
      setError(undefined);
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(String(reason)));
    }
  };
  return (
    <details class="panel" onToggle={(event) => event.currentTarget.open && !events && void load()}>
      <summary>
        <h2>All events</h2> <span class="hint">{countOf(issue.events, 'event')}</span>
      </summary>
      {error && <Failure error={error} onRetry={() => void load()} />}
      {!events && !error && <Loading what="events" />}
      {events && <Rows issueId={issue.id} events={events} />}
      {next && (
        <button type="button" class="button" onClick={() => void load(next)}>
          Load more
        </button>
      )}
    </details>
  );
}

function Rows({ issueId, events }: { issueId: string; events: EventSummary[] }) {
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
                <a href={`/issues/${encodeURIComponent(issueId)}?event=${encodeURIComponent(event.id)}`}>
                  <Ago at={event.happenedAt} />
                </a>
              </td>
              <td class="foreign">{event.browser}</td>
              <td class="foreign">{event.os}</td>
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
