import type { Project } from '../../protocol/api.ts';
import { endpointOf } from '../lib/snippets.ts';
import { CopyButton } from './copy-button.tsx';
import { Install } from './install.tsx';
import { ReportState } from './no-issues.tsx';

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
    </section>
  );
}
