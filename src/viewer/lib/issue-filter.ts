import type { IssueFilter } from '../api.ts';

const oneOf = <T extends string>(value: string | undefined, known: readonly T[], usual: T): T =>
  known.find((word) => word === value) ?? usual;

/** The list's state as the address says it. */
export function filterOf(query: Record<string, string>): IssueFilter {
  return {
    project: query['project'],
    query: query['query'] ?? '',
    status: oneOf(query['status'], ['unresolved', 'resolved', 'snoozed', 'ignored', 'all'], 'unresolved'),
    sort: oneOf(query['sort'], ['lastSeen', 'firstSeen', 'events', 'users', 'trend'], 'lastSeen'),
  };
}

/** The address of a state; what is usual is left out. */
export function hrefOf({ project, query, status, sort }: IssueFilter): string {
  const search = new URLSearchParams();
  if (project) search.set('project', project);
  if (query) search.set('query', query);
  if (status !== 'unresolved') search.set('status', status);
  if (sort !== 'lastSeen') search.set('sort', sort);
  return search.size ? `/issues?${search}` : '/issues';
}

/** What a kept search, which is the end of an address, looks for: the words of the list and its state as one. */
export function termsOf(search: string): string {
  const { query, status } = filterOf(Object.fromEntries(new URLSearchParams(search)));
  return [query, status === 'all' ? '' : `is:${status}`].filter(Boolean).join(' ');
}

/** Where the list was left: the way back leads there. */
export const lastList = { href: '/issues' };
