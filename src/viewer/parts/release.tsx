import type { Artifact, IssueSummary, ReleaseDetail } from '../../protocol/api.ts';
import { api, ApiFailure } from '../api.ts';
import { countOf, formatBytes, formatNumber } from '../lib/format.ts';
import { hrefOf } from '../lib/issue-filter.ts';
import { queryTerm } from '../lib/query-term.ts';
import { releaseHref } from '../lib/release-href.ts';
import { useLoad } from '../lib/use-load.ts';
import { useTitle } from '../lib/use-title.ts';
import { NotFoundPage } from '../pages/not-found.tsx';
import { Ago } from './ago.tsx';
import { CodeBlock } from './code-block.tsx';
import { CompactIssues } from './compact-issues.tsx';
import { Failure, Loading } from './state.tsx';

interface ReleaseProps {
  projectId: string;
  name: string;
}

/** What a release brought and cured, and whether its frames lead to the source. */
export function Release({ projectId, name }: ReleaseProps) {
  useTitle(`Release ${name}`);
  const { data, error, reload } = useLoad(name, (signal) => api.release(projectId, name, signal));
  if (error instanceof ApiFailure && error.status === 404) return <NotFoundPage />;
  if (!data) return error ? <Failure error={error} onRetry={reload} /> : <Loading what="the release" />;
  return (
    <div class="overview">
      <header>
        <h1 class="foreign">{name}</h1>
        <Summary release={data} projectId={projectId} />
      </header>
      <div class="issue-body">
        <div class="issue-story">
          <Issues title="Brought" none="No issue began with this release." issues={data.brought} />
          {data.back.length > 0 && <Issues title="Brought back" none="" issues={data.back} />}
          {data.before !== null && (
            <Issues
              title="Cured, so far"
              none={`Everything that ${data.before} had was seen in this release, too.`}
              issues={data.gone}
              hint={`Seen in ${data.before}, and not in this release.`}
            />
          )}
        </div>
        <div class="issue-side">
          <Maps projectId={projectId} name={name} />
          <Unresolved release={data} />
        </div>
      </div>
    </div>
  );
}

function Summary({ release, projectId }: { release: ReleaseDetail; projectId: string }) {
  const { name, before, events, users, firstSeen, lastSeen } = release;
  const query = queryTerm('release', name);
  return (
    <>
      <p class="summary">
        <strong>{countOf(events, 'event')}</strong>
        {users > 0 && (
          <>
            {' from '}
            <strong>{countOf(users, 'user')}</strong>
          </>
        )}
        , the first <Ago at={firstSeen} />, the last <Ago at={lastSeen} />.
      </p>
      <p class="issue-line">
        {query && <a href={hrefOf({ project: projectId, query, status: 'all', sort: 'lastSeen' })}>All its issues</a>}
        {before !== null && (
          <a class="foreign" href={releaseHref(projectId, before)}>
            The release before: {before}
          </a>
        )}
      </p>
    </>
  );
}

interface IssuesProps {
  title: string;
  /** Said where there are none. */
  none: string;
  hint?: string;
  issues: IssueSummary[];
}

const Issues = ({ title, none, hint, issues }: IssuesProps) => (
  <section>
    <h2>{issues.length ? `${title} (${formatNumber(issues.length)})` : title}</h2>
    <p class="hint foreign">{issues.length ? hint : none}</p>
    {issues.length > 0 && <CompactIssues issues={issues} />}
  </section>
);

function Maps({ projectId, name }: ReleaseProps) {
  const { data, error, reload } = useLoad(name, () => api.artifacts(projectId, name));
  const maps = data?.artifacts.filter(({ kind }) => kind === 'map') ?? [];
  return (
    <section class="panel">
      <h2>Source maps</h2>
      {error && <Failure error={error} onRetry={reload} />}
      {data && !maps.length && (
        <>
          <p class="hint">None was uploaded under this name. Maps with debug ids need none. To upload them:</p>
          <CodeBlock code={`pagefault sourcemaps upload dist --release ${name}`} label="Command" />
        </>
      )}
      {maps.length > 0 && (
        <ul class="files">
          {maps.map((map) => (
            <li key={map.id}>
              <MapFile map={map} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function MapFile({ map: { name, bytes, sources, texts, createdAt, problems } }: { map: Artifact }) {
  return (
    <>
      <code class="foreign">{name}</code>
      <span class="hint">
        {formatBytes(bytes)}, {countOf(sources, 'source')}
        {texts < sources && `, ${formatNumber(sources - texts)} without text`}, <Ago at={createdAt} />
      </span>
      {problems.map((problem) => (
        <span key={problem} class="problem foreign">
          {problem}
        </span>
      ))}
    </>
  );
}

function Unresolved({ release: { unresolved } }: { release: ReleaseDetail }) {
  return (
    <section class="panel">
      <h2>Frames without source</h2>
      {unresolved.length ? (
        <>
          <p class="hint">No map explains frames in these scripts. Their issues say what to do.</p>
          <dl class="facts pairs">
            {unresolved.map(({ file, issues }) => (
              <div key={file}>
                <dt class="foreign">
                  <code>{file}</code>
                </dt>
                <dd>{countOf(issues, 'issue')}</dd>
              </div>
            ))}
          </dl>
        </>
      ) : (
        <p class="hint">Every frame that a map could explain leads to its source.</p>
      )}
    </section>
  );
}
