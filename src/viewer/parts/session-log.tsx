import { sessionLogHref } from '../lib/log-filter.ts';
import { useLoad } from '../lib/use-load.ts';
import { queryTerm } from '../lib/query-term.ts';
import { logsApi } from '../logs-api.ts';

/** Leads from an event to what its session has logged, if it has. */
export function SessionLog({ session, project }: { session: string; project: string }) {
  const query = queryTerm('session', session) ?? '';
  const { data } = useLoad(session, (signal) => logsApi.list({ project, query }, { limit: 1, signal }));
  if (!query || !data?.records.length) return null;
  return (
    <a class="button quiet" href={sessionLogHref(session, project)}>
      Log of this session
    </a>
  );
}
