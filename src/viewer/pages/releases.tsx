import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import type { Project, ReleaseSummary } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { formatNumber } from '../lib/format.ts';
import { releaseHref } from '../lib/release-href.ts';
import { useLive } from '../lib/use-live.ts';
import { useTitle } from '../lib/use-title.ts';
import { Ago } from '../parts/ago.tsx';
import { Release } from '../parts/release.tsx';
import { Failure, Loading } from '../parts/state.tsx';
import { oneProject } from '../session.ts';

/** What was deployed; with a name in the address, one release. */
export function ReleasesPage() {
  const { query } = useLocation();
  const project = oneProject(query['project']);
  const name = query['name'];
  if (!project) return null;
  if (name) return <Release key={`${project.id} ${name}`} projectId={project.id} name={name} />;
  return <Releases key={project.id} project={project} />;
}

function Releases({ project }: { project: Project }) {
  const [list, setList] = useState<ReleaseSummary[]>();
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<Error>();
  useTitle('Releases');

  const load = (cursor?: string) =>
    api.releases(project.id, cursor).then((page) => {
      setList((known) => [...(cursor && known ? known : []), ...page.releases]);
      setNext(page.next);
      setError(undefined);
    }, setError);
  useEffect(() => void load(), []);
  useLive(
    ({ arrival }) => arrival?.isNew === true && arrival.projectId === project.id,
    () => void load(),
  );

  return (
    <>
      <h1>Releases</h1>
      {error && <Failure error={error} onRetry={() => void load()} />}
      {!list && !error && <Loading what="the releases" />}
      {list && !list.length && <NoReleases />}
      {list && list.length > 0 && <Table releases={list} projectId={project.id} />}
      {next && (
        <p class="list-end">
          <button type="button" class="button" onClick={() => void load(next)}>
            Load more
          </button>
        </p>
      )}
    </>
  );
}

const NoReleases = () => (
  <div class="state">
    <h2>No release has been named yet</h2>
    <p>
      Give the reporter one, <code>data-release="1.4.2"</code> or <code>{"init({ release: '1.4.2' })"}</code>, and what
      a deployment brought and cured stands here.
    </p>
  </div>
);

function Table({ releases, projectId }: { releases: ReleaseSummary[]; projectId: string }) {
  return (
    <div class="scroll-x" tabIndex={0} role="region" aria-label="Releases">
      <table class="releases">
        <thead>
          <tr>
            <th scope="col">Release</th>
            <th scope="col" class="number">
              New issues
            </th>
            <th scope="col" class="number">
              Events
            </th>
            <th scope="col" class="number">
              Users
            </th>
            <th scope="col" class="number">
              Maps
            </th>
            <th scope="col">First event</th>
            <th scope="col">Last event</th>
          </tr>
        </thead>
        <tbody>
          {releases.map(({ name, firstSeen, lastSeen, ...counts }) => (
            <tr key={name}>
              <th scope="row">
                <a class="release foreign" href={releaseHref(projectId, name)}>
                  {name}
                </a>
              </th>
              {([counts.newIssues, counts.events, counts.users, counts.maps] as const).map((count, at) => (
                <td key={at} class="number">
                  {count ? formatNumber(count) : '–'}
                </td>
              ))}
              <td>
                <Ago at={firstSeen} />
              </td>
              <td>
                <Ago at={lastSeen} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
