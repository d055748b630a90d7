import { useEffect } from 'preact/hooks';
import type { Project } from '../../protocol/api.ts';
import { api, type IssueFilter } from '../api.ts';
import { hrefOf } from '../lib/issue-filter.ts';
import { useLive } from '../lib/use-live.ts';
import { chosenProject, session } from '../session.ts';
import { Icon } from './icon.tsx';
import { Install } from './install.tsx';

/** An empty list says why it is empty, and what to do. */
export function NoIssues({ filter }: { filter: IssueFilter }) {
  const project = chosenProject(filter.project) ?? session.value?.projects[0];
  if (filter.query) return <Nothing title="Nothing matches this search" filter={{ ...filter, query: '' }} />;
  if (filter.status === 'unresolved' && project) return <Unbroken project={project} />;
  return <Nothing title={`No ${filter.status} issues`} filter={{ ...filter, status: 'unresolved' }} />;
}

function Nothing({ title, filter }: { title: string; filter: IssueFilter }) {
  return (
    <div class="state">
      <h2>{title}</h2>
      <p>
        <a href={hrefOf(filter)}>Show the unresolved issues</a>
      </p>
    </div>
  );
}

function Unbroken({ project }: { project: Project }) {
  if (project.firstEventAt !== null) {
    return (
      <div class="state">
        <h2>Nothing is broken</h2>
        <p>Every issue is resolved or ignored. New ones appear here by themselves.</p>
      </div>
    );
  }
  return <FirstReport project={project} />;
}

/** How to begin, and whether it has worked. */
export function FirstReport({ project }: { project: Project }) {
  return (
    <section class="first-report">
      <h2>Put the reporter into your page</h2>
      <ReportState project={project} />
      <Install project={project} />
      <p class="hint">
        Then break something: type <code>setTimeout(() =&gt; undefined.oops)</code> into the page’s console.
      </p>
    </section>
  );
}

/** Waits for a project's first report, and turns green when it is there. */
export function ReportState({ project }: { project: Project }) {
  const learn = () => {
    if (session.value?.projects.find(({ id }) => id === project.id)?.firstEventAt === null) {
      // Not being told is no harm: the next arrival asks again.
      api.loadSession().catch(() => undefined);
    }
  };
  useLive(({ arrival }) => arrival?.projectId === project.id, learn);
  useEffect(learn, [project.id]);
  const isWaiting = project.firstEventAt === null;
  return (
    <p class={isWaiting ? 'report-state' : 'report-state arrived'} role="status">
      {isWaiting ? <span class="pulse" /> : <Icon name="check" />}
      {isWaiting ? 'Waiting for the first report' : 'Reports arrive'}
    </p>
  );
}
