import type { IssueFilter } from '../api.ts';

export const helpId = 'list-help';

const examples: [query: string, meaning: string][] = [
  ['price cart', 'words, each by its beginning, in title, message or place'],
  ['browser:Safari', 'seen in a browser; with a version as browser:"Safari 18"'],
  ['os:iOS device:mobile', 'both on the system and on such a device'],
  ['release:1.4', 'seen in releases that begin with it'],
  ['url:/checkout', 'seen on pages whose path begins with it'],
  ['level:warning environment:production', 'by level and environment'],
  ['tag:plan:team', 'by a tag of your own'],
];

const keys: [key: string, meaning: string][] = [
  ['/', 'search'],
  ['j', 'next issue'],
  ['k', 'previous issue'],
  ['Enter', 'open it'],
  ['?', 'this sheet'],
  ['Esc', 'close it'],
];

/** How to search and which keys there are; the browser opens and closes it. */
export function ListHelp({ hrefOf }: { hrefOf: (changes: Partial<IssueFilter>) => string }) {
  return (
    <div id={helpId} class="sheet" popover="auto" role="dialog" aria-label="Search and keys">
      <h2>Search</h2>
      <dl>
        {examples.map(([query, meaning]) => (
          <div key={query}>
            <dt>
              <a href={hrefOf({ query })} onClick={() => document.getElementById(helpId)?.hidePopover()}>
                <code>{query}</code>
              </a>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <h2>Keys</h2>
      <dl>
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
