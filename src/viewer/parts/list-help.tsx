import type { IssueFilter } from '../api.ts';
import { KeyList, Sheet } from './sheet.tsx';

export const helpId = 'list-help';

const examples: [query: string, meaning: string][] = [
  ['price cart', 'words, each by its beginning, in title, message or place'],
  ['"is not a function"', 'words one after the other'],
  ['browser:Safari', 'seen in a browser; with a version as browser:"Safari 18"'],
  ['os:iOS device:mobile', 'both on the system and on such a device'],
  ['release:1.4', 'seen in releases that begin with it'],
  ['url:/checkout', 'seen on pages whose path begins with it'],
  ['level:warning environment:production', 'by level and environment'],
  ['tag:plan:team', 'by a tag of your own'],
  ['is:mine', 'assigned to me; also is:assigned, is:unassigned, assigned:ada'],
  ['is:resolved', 'by state, whatever the tabs say; also is:snoozed, is:ignored'],
  ['events:>100 users:>=10', 'by how often, and for how many'],
  ['-browser:Safari -is:assigned', 'a dash turns a term round'],
];

const keys: [key: string, meaning: string][] = [
  ['/', 'search'],
  ['j k', 'next and previous issue'],
  ['Enter', 'open it'],
  ['x', 'select it; Shift and x, or Shift and a click, select all up to it'],
  ['r s i', 'resolve, snooze or ignore what is selected'],
  ['z', 'undo that'],
  ['?', 'this sheet'],
  ['Esc', 'close it; select none'],
];

/** How to search and which keys there are; the browser opens and closes it. */
export function ListHelp({ hrefOf }: { hrefOf: (changes: Partial<IssueFilter>) => string }) {
  return (
    <Sheet id={helpId} label="Search and keys">
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
      <KeyList keys={keys} />
    </Sheet>
  );
}
