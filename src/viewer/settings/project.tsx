import type { GroupingRule, GroupingTrial, Project, ProjectSettings } from '../../protocol/api.ts';
import { api, call, projectPath } from '../api.ts';
import { countOf } from '../lib/format.ts';
import { readGroupingRules, writeGroupingRules } from '../lib/rule-text.ts';
import { endpointOf } from '../lib/snippets.ts';
import { useLoad } from '../lib/use-load.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Install } from '../parts/install.tsx';
import { ReportState } from '../parts/no-issues.tsx';
import { Failure, Loading } from '../parts/state.tsx';
import { session } from '../session.ts';
import { AdminsOnly, Form, isAdmin, type Read } from './form.tsx';
import { Rules } from './rules.tsx';

export function ProjectsSettings() {
  const add = async (read: Read) => {
    await api.addProject(read('name'));
    await api.loadSession();
  };
  return (
    <>
      {session.value?.projects.map((project) => (
        <ProjectPanel key={project.id} project={project} />
      ))}
      {isAdmin() && (
        <section class="panel">
          <h2>Add a project</h2>
          <Form button="Add" onSubmit={add} isCleared isRow>
            <label>
              Name
              <input name="name" required maxLength={100} autocomplete="off" />
            </label>
          </Form>
        </section>
      )}
    </>
  );
}

function ProjectPanel({ project }: { project: Project }) {
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
      <details>
        <summary>Name, origins and limits</summary>
        <Limits project={project} />
      </details>
      <details>
        <summary>What belongs together</summary>
        <Grouping project={project} />
      </details>
    </section>
  );
}

const numberOrNull = (text: string) => (text ? Number(text) : null);

function Limits({ project }: { project: Project }) {
  const path = projectPath(project.id);
  const { data, error, reload } = useLoad(project.id, () => call<ProjectSettings>(`${path}/settings`));
  if (!data) return error ? <Failure error={error} onRetry={reload} /> : <Loading what="the limits" />;
  if (!isAdmin()) return <AdminsOnly />;
  const save = async (read: Read) => {
    const body: ProjectSettings = {
      origins: read('origins').split(/\s+/).filter(Boolean),
      eventsPerMinute: numberOrNull(read('eventsPerMinute')),
      keptPerIssueHour: numberOrNull(read('keptPerIssueHour')),
    };
    await call(`${path}/settings`, { method: 'PUT', body });
    if (read('name') !== project.name) {
      await call(path, { method: 'PATCH', body: { name: read('name') } });
      await api.loadSession();
    }
    return 'Saved.';
  };
  return (
    <Form button="Save" onSubmit={save}>
      <label>
        Name
        <input name="name" required maxLength={100} defaultValue={project.name} autocomplete="off" />
      </label>
      <label>
        Allowed origins
        <textarea
          name="origins"
          rows={3}
          defaultValue={data.origins.join('\n')}
          placeholder={'https://shop.example\nhttps://*.shop.example'}
          spellcheck={false}
        />
        <span class="hint">Of the pages that may send, one a line. Empty for any.</span>
      </label>
      <label>
        Events a minute
        <input name="eventsPerMinute" type="number" min={1} defaultValue={data.eventsPerMinute ?? ''} />
        <span class="hint">Of what is beyond, one of ten is kept, and all are counted. Empty for no limit.</span>
      </label>
      <label>
        Events of one issue kept whole in an hour
        <input name="keptPerIssueHour" type="number" min={1} defaultValue={data.keptPerIssueHour ?? ''} />
        <span class="hint">Then one of ten, and later of a hundred. Empty for no limit.</span>
      </label>
    </Form>
  );
}

const maxShown = 5;

function Grouping({ project }: { project: Project }) {
  const path = `${projectPath(project.id)}/grouping-rules`;
  const tryThem = async (rules: GroupingRule[]) => {
    const { tried, rules: found } = await call<GroupingTrial>(`${path}/try`, { method: 'POST', body: { rules } });
    return <Trial tried={tried} rules={rules} found={found} />;
  };
  return (
    <>
      <p class="hint">
        Events that fit a line are one issue, beside the usual grouping; after <code>-&gt; ignore</code> they are
        ignored from the start. The first line that fits decides. One may ask for <code>type</code>,{' '}
        <code>message</code>, <code>function</code>, <code>file</code>, <code>url</code>, <code>release</code> and{' '}
        <code>environment</code>; <code>*</code> stands for anything.
      </p>
      <Rules
        path={path}
        label="Rules, one a line"
        placeholder={'message:"Timeout of *" -> timeouts\nfile:*/vendor/* -> ignore'}
        load={() => call<{ rules: GroupingRule[] }>(path)}
        save={(rules) => call(path, { method: 'PUT', body: { rules } })}
        read={readGroupingRules}
        write={writeGroupingRules}
        tryThem={tryThem}
      />
      {!isAdmin() && <AdminsOnly />}
    </>
  );
}

interface TrialProps {
  tried: number;
  rules: GroupingRule[];
  found: GroupingTrial['rules'];
}

const Trial = ({ tried, rules, found }: TrialProps) => (
  <>
    <p class="hint">Tried on the newest event of each of the latest {countOf(tried, 'issue')}.</p>
    <ul class="lines">
      {found.map(({ issues }, at) => (
        <li key={at}>
          <span class="foreign">
            <code>{writeGroupingRules(rules.slice(at, at + 1))}</code> fits {countOf(issues.length, 'issue')}
            {issues.slice(0, maxShown).map(({ id, title }) => (
              <a key={id} class="foreign" href={`/issues/${encodeURIComponent(id)}`}>
                {title}
              </a>
            ))}
          </span>
        </li>
      ))}
    </ul>
  </>
);
