import { queryTerm } from './query-term.ts';

/** A filter of an issue's events, as the address says it: `browser:"Firefox 140.0" os:Linux`. */

const terms = (filter: string): string[] => filter.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];

export interface FilterTerm {
  property: string;
  value: string;
}

export const readFilter = (filter: string): FilterTerm[] =>
  terms(filter).flatMap((term) => {
    const [, property, quoted, plain] = /^((?:tag:)?[^:]+):(?:"([^"]*)"|(.+))$/.exec(term) ?? [];
    return property === undefined ? [] : [{ property, value: quoted ?? plain ?? '' }];
  });

/**
 * The filter with a value, or without it if it is there. A property has one value at a time: none has two browsers.
 * Undefined where no filter can say the value.
 */
export function toggleTerm(filter: string, property: string, value: string): string | undefined {
  const wanted = queryTerm(property, value);
  if (!wanted) return undefined;
  const kept = terms(filter).filter((term) => readFilter(term)[0]?.property !== property);
  return [...kept, ...(terms(filter).includes(wanted) ? [] : [wanted])].join(' ');
}

/** The address of an issue, by one of its events, among those that fit a filter. */
export function issueHref(id: string, { event = '', filter = '' } = {}): string {
  const search = new URLSearchParams({ ...(event && { event }), ...(filter && { filter }) });
  return `/issues/${encodeURIComponent(id)}${search.size ? `?${search}` : ''}`;
}
