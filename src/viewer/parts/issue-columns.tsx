import type { IssueFilter } from '../api.ts';

const columns: [IssueFilter['sort'], string][] = [
  ['events', 'Events'],
  ['users', 'Users'],
  ['lastSeen', 'Last seen'],
  ['firstSeen', 'First seen'],
];

/** Heads of the columns; each sorts by its column, most first. */
export function IssueColumns({ sort, hrefOf }: { sort: string; hrefOf: (sort: IssueFilter['sort']) => string }) {
  return (
    <nav class="columns" aria-label="Sort">
      <span class="column-issue">Issue</span>
      <span class="column-hours">24 hours</span>
      {columns.map(([column, word]) => (
        <a
          key={column}
          class={`column-${column}`}
          href={hrefOf(column)}
          aria-current={sort === column ? 'true' : undefined}
        >
          {word}
        </a>
      ))}
    </nav>
  );
}
