import type { IssueFilter } from '../api.ts';
import { issueList as list } from '../lib/issue-list.ts';

const columns: [sort: IssueFilter['sort'], word: string, meaning: string][] = [
  ['trend', 'Trend', 'What happens more than usual first'],
  ['events', 'Events', 'Most events first'],
  ['users', 'Users', 'Most users first'],
  ['lastSeen', 'Last seen', 'Last seen first'],
  ['firstSeen', 'First seen', 'Newest first'],
];

/** Heads of the columns; each sorts by its column, most first. */
export function IssueColumns({ sort, hrefOf }: { sort: string; hrefOf: (sort: IssueFilter['sort']) => string }) {
  return (
    <div class="columns">
      <SelectAll />
      <span class="column-issue">Issue</span>
      <nav aria-label="Sort">
        {columns.map(([column, word, meaning]) => (
          <a
            key={column}
            class={`column-${column}`}
            href={hrefOf(column)}
            title={meaning}
            aria-current={sort === column ? 'true' : undefined}
          >
            {word}
          </a>
        ))}
      </nav>
    </div>
  );
}

/** Those that are loaded: nobody acts on what they have not seen. */
function SelectAll() {
  const all = list.shown.value ?? [];
  const count = list.selection.value.size;
  return (
    <input
      type="checkbox"
      class="tick"
      aria-label="Select all that are loaded"
      checked={count > 0 && count === all.length}
      onClick={() => (list.selection.value = new Set(count === all.length ? [] : all.map(({ id }) => id)))}
    />
  );
}
