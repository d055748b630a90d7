import type { Project } from '../../protocol/api.ts';
import { npmSnippet, scriptTag } from '../lib/snippets.ts';
import { CodeBlock } from './code-block.tsx';

/** Both ways to report to a project, ready to copy. */
export function Install({ project }: { project: Project }) {
  return (
    <div class="install">
      <h3>As a script tag</h3>
      <p class="hint">First in the page’s head, so that it sees every error after it.</p>
      <CodeBlock code={scriptTag(location.origin, project.key)} label="Script tag" />
      <h3>As a package</h3>
      <CodeBlock code={npmSnippet(location.origin, project.key)} label="npm snippet" />
    </div>
  );
}
