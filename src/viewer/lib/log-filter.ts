import type { Level } from '../../protocol/event.ts';
import type { LogFilter } from '../logs-api.ts';
import { levels } from './levels.ts';
import { queryTerm } from './query-term.ts';

/** The state of the page of logs, as its address says it. */
export const logFilterOf = (query: Record<string, string>): LogFilter => ({
  project: query['project'],
  query: query['query'] ?? '',
});

/** The address of a state, and of a record that is open in it. */
export function logHref({ project, query }: LogFilter, record?: string): string {
  const search = new URLSearchParams();
  if (project) search.set('project', project);
  if (query) search.set('query', query);
  if (record) search.set('record', record);
  return search.size ? `/logs?${search}` : '/logs';
}

/** All records of a page's session. */
export const sessionLogHref = (session: string, project: string | undefined) =>
  logHref({ project, query: queryTerm('session', session) ?? '' });

const threshold = /(^|\s)level:>=([a-z]+)(?=\s|$)/;

/** The least level that a search asks for. */
export function leastLevel(query: string): Level | undefined {
  const word = threshold.exec(query)?.[2];
  return levels.find((level) => level === word);
}

/** The search with another least level, or none. */
export function withLeastLevel(query: string, level: Level | undefined): string {
  const others = query.replace(threshold, '$1').replace(/\s+/g, ' ').trim();
  return [level && `level:>=${level}`, others].filter(Boolean).join(' ');
}
