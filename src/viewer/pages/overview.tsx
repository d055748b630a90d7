import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import type { Distribution, IssueSummary, Overview, Project, ReleaseSummary } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { countOf, formatNumber } from '../lib/format.ts';
import { filterOf, hrefOf } from '../lib/issue-filter.ts';
import { queryTerm } from '../lib/query-term.ts';
import { releaseHref } from '../lib/release-href.ts';
import { useLive } from '../lib/use-live.ts';
import { useLoad } from '../lib/use-load.ts';
import { useTitle } from '../lib/use-title.ts';
import { droppedWord } from '../lib/words.ts';
import { Ago } from '../parts/ago.tsx';
import { CompactIssues } from '../parts/compact-issues.tsx';
import { Bars, type ValueLink } from '../parts/bars.tsx';
import { HoursChart, isHigh } from '../parts/hours-chart.tsx';
import { FirstReport } from '../parts/no-issues.tsx';
import { Failure, Loading } from '../parts/state.tsx';
import { oneProject } from '../session.ts';

/** Where the list was before: links to it still lead there. */
const isList = (query: Record<string, string>) => ['query', 'status', 'sort'].some((name) => name in query);

/** How a project is doing, and what is new since one was here last. */
export function OverviewPage() {
  const { query, url, route } = useLocation();
  useEffect(() => {
    if (isList(query)) route(hrefOf(filterOf(query)), true);
  }, [url]);
  useTitle('Overview');
  const project = oneProject(query['project']);
  if (!project || isList(query)) return null;
  if (project.firstEventAt === null) return <FirstReport project={project} />;
  return <ProjectOverview key={project.id} project={project} />;
}

function ProjectOverview({ project }: { project: Project }) {
  const { data, error, reload } = useLoad(project.id, (signal) => api.overview(project.id, signal));
  useLive(({ arrival }) => !arrival || arrival.projectId === project.id, reload);
  useEffect(() => {
    // Not being told is no harm: what is new is then new once more.
    api.look(project.id).catch(() => undefined);
  }, []);
  if (!data) return error ? <Failure error={error} onRetry={reload} /> : <Loading what="the overview" />;
  return (
    <div class="overview">
      <header>
        <h1 class="foreign">{project.name}</h1>
        <Summary data={data} />
      </header>
      <div class="issue-body">
        <div class="issue-story">
          <Changed data={data} projectId={project.id} />
          <section class="panel">
            <h2>Events an hour</h2>
            <HoursChart hours={data.hours} />
          </section>
          {data.busiest.length > 0 && (
            <section>
              <h2>Most in 24 hours</h2>
              <CompactIssues issues={data.busiest.map(ofDay)} />
            </section>
          )}
        </div>
        <div class="issue-side">
          <Releases releases={data.releases} projectId={project.id} />
          <Values values={data.values} projectId={project.id} />
          <Dropped dropped={data.dropped} />
        </div>
      </div>
    </div>
  );
}

/** With the events that it is sorted by. */
const ofDay = (issue: IssueSummary) => ({ ...issue, events: issue.hourly.reduce((sum, count) => sum + count, 0) });

/** The page in two sentences. */
function Summary({ data: { since, isFirstLook, freshCount, backCount, hours } }: { data: Overview }) {
  const parts = [
    freshCount > 0 && countOf(freshCount, 'new issue'),
    backCount > 0 && `${countOf(backCount, 'issue')} that came back`,
  ].filter(Boolean);
  const current = hours.at(-1);
  return (
    <p class="summary">
      <strong>{parts.join(' and ') || 'Nothing new'}</strong>{' '}
      {isFirstLook ? (
        'in the last 24 hours'
      ) : (
        <>
          since you last looked, <Ago at={since} />
        </>
      )}
      .{' '}
      {current && current.usual !== null && (
        <>
          This hour {countOf(current.events, 'event')}, usually about {formatNumber(Math.round(current.usual))}
          {isHigh(current) && <strong class="problem"> – much more than usual</strong>}.
        </>
      )}
    </p>
  );
}

function Changed({ data, projectId }: { data: Overview; projectId: string }) {
  const { fresh, freshCount, back } = data;
  const all = hrefOf({ project: projectId, query: '', status: 'unresolved', sort: 'firstSeen' });
  return (
    <>
      {back.length > 0 && (
        <section>
          <h2>Came back</h2>
          <CompactIssues issues={back} />
        </section>
      )}
      {fresh.length > 0 && (
        <section>
          <div class="section-head">
            <h2>New</h2>
            {freshCount > fresh.length && <a href={all}>All {formatNumber(freshCount)}</a>}
          </div>
          <CompactIssues issues={fresh} />
        </section>
      )}
    </>
  );
}

function Releases({ releases, projectId }: { releases: ReleaseSummary[]; projectId: string }) {
  if (!releases.length) return null;
  return (
    <section class="panel">
      <h2>Releases</h2>
      <dl class="facts pairs">
        {releases.map(({ name, newIssues, firstSeen }) => (
          <div key={name}>
            <dt>
              <a class="release foreign" href={releaseHref(projectId, name)}>
                {name}
              </a>
            </dt>
            <dd>
              {newIssues > 0 ? `${formatNumber(newIssues)} new` : 'nothing new'}, <Ago at={firstSeen} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const shown = ['url', 'browser', 'os'];

function Values({ values, projectId }: { values: Distribution[]; projectId: string }) {
  const wanted = shown.flatMap((property) => values.filter((each) => each.property === property));
  if (!wanted.length) return null;
  const linkOf = (property: string, value: string): ValueLink | undefined => {
    const query = queryTerm(property, value);
    if (!query) return undefined;
    const href = hrefOf({ project: projectId, query, status: 'all', sort: 'lastSeen' });
    return { href, title: `All issues with ${query}` };
  };
  return (
    <section class="panel">
      <h2>In seven days</h2>
      {wanted.map((distribution) => (
        <Bars key={distribution.property} distribution={distribution} linkOf={linkOf} />
      ))}
    </section>
  );
}

/** What pages and the collector did not keep: nothing is lost silently. */
function Dropped({ dropped }: Pick<Overview, 'dropped'>) {
  return (
    <section class="panel">
      <h2>Not kept in seven days</h2>
      {dropped.length ? (
        <dl class="facts pairs">
          {dropped.map(({ reason, count }) => (
            <div key={reason}>
              <dt class="foreign" title={reason}>
                {droppedWord(reason)}
              </dt>
              <dd>{formatNumber(count)}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p class="hint">Everything that happened was kept.</p>
      )}
    </section>
  );
}
