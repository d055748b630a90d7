import { formatBefore } from '../lib/format.ts';
import { useLoad } from '../lib/use-load.ts';
import { logsApi } from '../logs-api.ts';
import { LevelMark } from './level-mark.tsx';

interface SessionErrorsProps {
  session: string;
  projectId: string;
  /** When the record was written. */
  at: number;
}

/** What broke in the session of a record. Nothing, where nothing did. */
export function SessionErrors({ session, projectId, at }: SessionErrorsProps) {
  const { data } = useLoad(session, (signal) => logsApi.eventsOf(session, projectId, signal));
  if (!data?.events.length) return null;
  return (
    <section>
      <h3>What broke in this session</h3>
      <ul class="session-errors">
        {data.events.map((event) => (
          <li key={event.id}>
            <LevelMark level={event.level} wordless />
            <a
              class="foreign"
              href={`/issues/${encodeURIComponent(event.issueId)}?event=${encodeURIComponent(event.id)}`}
            >
              {event.title}
            </a>
            <span class="hint" title="From the record to it">
              {formatBefore(event.happenedAt, at)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
