import type { Project } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { countOf } from '../lib/format.ts';
import { endpointOf } from '../lib/snippets.ts';
import { useLoad } from '../lib/use-load.ts';
import { CopyButton } from './copy-button.tsx';
import { Install } from './install.tsx';
import { ReportState } from './no-issues.tsx';
import { Failure, Loading } from './state.tsx';

export function ProjectSettings({ project }: { project: Project }) {
  const endpoint = endpointOf(location.origin, project.key);
  return (
    <section class="panel">
      <div class="section-head">
        <h2 class="foreign">{project.name}</h2>
        <ReportState project={project} />
      </div>
      <p class="endpoint">
        <span class="hint">Endpoint with the write key: pages can send to it, never read.</span>
        <code>{endpoint}</code>
        <CopyButton label="Copy endpoint" text={() => endpoint} />
      </p>
      <details open={project.firstEventAt === null}>
        <summary>Put the reporter into a page</summary>
        <Install project={project} />
      </details>
      <Dropped project={project} />
    </section>
  );
}

/** What pages and the collector did not keep: nothing is lost silently. */
function Dropped({ project }: { project: Project }) {
  const { data, error, reload } = useLoad(project.id, () => api.dropped(project.id));
  return (
    <>
      <h3>Dropped, and why</h3>
      {error && <Failure error={error} onRetry={reload} />}
      {!data && !error && <Loading what="the counts" />}
      {data?.dropped.length === 0 && <p class="hint">Nothing was dropped.</p>}
      {data && data.dropped.length > 0 && (
        <dl class="facts">
          {data.dropped.map(({ reason, count }) => (
            <div key={reason}>
              <dt class="foreign">{reason}</dt>
              <dd>{countOf(count, 'event')}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
