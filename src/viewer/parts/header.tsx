import { useLocation } from 'preact-iso/router';
import { liveState } from '../live.ts';
import { session } from '../session.ts';

const places = [
  ['/', 'Overview'],
  ['/issues', 'Issues'],
  ['/logs', 'Logs'],
  ['/releases', 'Releases'],
  ['/alerts', 'Alerts'],
  ['/settings', 'Settings'],
] as const;
const liveWords = { connecting: 'Connecting', open: 'Live', lost: 'Reconnecting' };

export function Header() {
  const { path, query } = useLocation();
  return (
    <header class="top">
      <a class="skip" href="#main">
        Skip to content
      </a>
      <a class="brand" href="/">
        <Mark />
        Pagefault
      </a>
      <nav aria-label="Main">
        {places.map(([place, word]) => (
          <a
            key={place}
            href={query['project'] ? `${place}?project=${encodeURIComponent(query['project'])}` : place}
            aria-current={path === place || (place !== '/' && path.startsWith(`${place}/`)) ? 'page' : undefined}
          >
            {word}
          </a>
        ))}
      </nav>
      <ProjectChoice />
      <span class={`live live-${liveState.value}`} role="status">
        {liveWords[liveState.value]}
      </span>
    </header>
  );
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 20 20" aria-hidden="true">
      <path class="mark-page" d="M4 1.500h7.500L17 7v11.500H4z" />
      <path class="mark-fault" d="M4 12.500l3.500-3.500 2.500 3.500 3-4 4 3.500" />
    </svg>
  );
}

/** Only where there is something to choose. */
function ProjectChoice() {
  const { path, query, route } = useLocation();
  const projects = session.value?.projects ?? [];
  const isList = path === '/issues' || path === '/logs';
  if (projects.length < 2 || !(isList || path === '/' || path === '/releases' || path === '/alerts')) return null;
  const choose = (id: string) => {
    const wanted = new URLSearchParams(isList ? query : {});
    if (id) wanted.set('project', id);
    else wanted.delete('project');
    route(wanted.size ? `${path}?${wanted}` : path);
  };
  return (
    <label class="project-choice">
      <span class="off-screen">Project</span>
      <select
        value={query['project'] ?? (isList ? '' : projects[0]?.id)}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {isList && <option value="">All projects</option>}
        {projects.map((project) => (
          <option key={project.id} value={project.id}>
            {project.name}
          </option>
        ))}
      </select>
    </label>
  );
}
