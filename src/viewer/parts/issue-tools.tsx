import type { IssueFilter } from '../api.ts';
import { saysState } from '../lib/query-term.ts';
import { helpId, ListHelp } from './list-help.tsx';
import { SavedSearches } from './saved-searches.tsx';
import { SearchBox } from './search-box.tsx';

const statuses: [IssueFilter['status'], string][] = [
  ['unresolved', 'Unresolved'],
  ['snoozed', 'Snoozed'],
  ['resolved', 'Resolved'],
  ['ignored', 'Ignored'],
  ['all', 'All'],
];

interface ToolsProps {
  filter: IssueFilter;
  hrefOf: (changes: Partial<IssueFilter>) => string;
  onSearch: (query: string) => void;
}

/** What narrows the list. Each choice is a link, so that it can be opened, shared and gone back to. */
export function IssueTools({ filter, hrefOf, onSearch }: ToolsProps) {
  // A search that names the state itself goes before the tabs.
  const shown = saysState(filter.query) ? undefined : filter.status;
  return (
    <div class="tools">
      <nav class="tabs" aria-label="Status">
        {statuses.map(([status, word]) => (
          <a key={status} href={hrefOf({ status })} aria-current={status === shown ? 'true' : undefined}>
            {word}
          </a>
        ))}
      </nav>
      <SearchBox query={filter.query} project={filter.project} onSearch={onSearch} />
      <SavedSearches href={hrefOf({})} />
      <button type="button" class="button quiet" popovertarget={helpId}>
        Help
      </button>
      <ListHelp hrefOf={hrefOf} />
    </div>
  );
}
