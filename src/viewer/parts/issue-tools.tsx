import { useEffect, useRef, useState } from 'preact/hooks';
import type { IssueFilter } from '../api.ts';
import { completeQuery } from '../lib/complete-query.ts';
import { Icon } from './icon.tsx';

import { helpId, ListHelp } from './list-help.tsx';

export const searchId = 'search';

const statuses: [IssueFilter['status'], string][] = [
  ['unresolved', 'Unresolved'],
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
  return (
    <div class="tools">
      <nav class="tabs" aria-label="Status">
        {statuses.map(([status, word]) => (
          <a key={status} href={hrefOf({ status })} aria-current={filter.status === status ? 'true' : undefined}>
            {word}
          </a>
        ))}
      </nav>
      <SearchBox query={filter.query} onSearch={onSearch} />
      <button type="button" class="button quiet" popovertarget={helpId}>
        Help
      </button>
      <ListHelp hrefOf={hrefOf} />
    </div>
  );
}

const completionsId = 'search-completions';
const pauseMs = 150;

function SearchBox({ query, onSearch }: { query: string; onSearch: (query: string) => void }) {
  const [text, setText] = useState(query);
  const sent = useRef(query);
  // Back and forward change the query from outside; what is being typed must not be overwritten by its own echo.
  useEffect(() => {
    if (query !== sent.current) setText((sent.current = query));
  }, [query]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => onSearch((sent.current = text)), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div class="search" role="search">
      <Icon name="search" />
      <input
        id={searchId}
        type="search"
        aria-label="Search issues"
        placeholder="Search, or browser:firefox release:1.4"
        value={text}
        list={completionsId}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <datalist id={completionsId}>
        {completeQuery(text).map((completed) => (
          <option key={completed} value={completed} />
        ))}
      </datalist>
      <kbd aria-hidden="true">/</kbd>
    </div>
  );
}
