import type { IssueStatus } from '../../protocol/api.ts';
import { HttpError } from '../http/errors.ts';
import type { SearchTerms, ValueTerm } from '../store/search-terms.ts';

/** Properties that issues are counted by; `tag:name:value` is for tags. */
export const properties = new Set(['browser', 'os', 'device', 'release', 'environment', 'url', 'level', 'mechanism']);

const statuses = new Set<string>(['unresolved', 'resolved', 'snoozed', 'ignored'] satisfies IssueStatus[]);

/** More would only cost. */
const maxTerms = 20;

/**
 * `is:unresolved browser:firefox -release:1.4 "not a function" cart`: states, values that begin so, phrases and words.
 * A dash before a term turns it round. What has no meaning as a key is searched for as words. `me` is the one who asks.
 */
export function parseQuery(query: string, me?: string): SearchTerms {
  const found: SearchTerms = { words: [], values: [], states: [], assignees: [], counts: [] };
  for (const { text, key, value, isNot } of readTerms(query, isKey)) {
    if (!addPair(found, key, value, isNot, me)) addWords(found, text, isNot);
  }
  return found;
}

/** The values that events of an issue must have: of a search's terms these alone, each as a whole. Throws 400. */
export function parseFilter(filter = ''): ValueTerm[] {
  const { values, ...others } = parseQuery(filter);
  if (Object.values(others).some((terms: unknown[]) => terms.length > 0)) {
    throw new HttpError(400, 'invalid', 'A filter has values only, such as browser:"Firefox 140.0".');
  }
  return values;
}

/** A term as it was written; key and value are empty where it is no pair. */
interface Term {
  text: string;
  key: string;
  value: string;
  isNot: boolean;
}

/** The terms of a query, without those that are still being typed: until then the list stays as it is. */
export function readTerms(query: string, isKey: (key: string) => boolean): Term[] {
  const terms = [...query.matchAll(/-?(?:[^\s":]{1,100}:){0,2}"[^"]*"|\S+/g)].slice(0, maxTerms);
  return terms.flatMap(([term]) => {
    const isNot = term.length > 1 && term.startsWith('-');
    const text = isNot ? term.slice(1) : term;
    const [, begun] = /^((?:tag:)?[^:"\s]+):[<>="]*$/.exec(text) ?? [];
    if (begun !== undefined && isKey(begun)) return [];
    const [, key = '', quoted, plain = ''] = /^((?:tag:)?[^:"\s]+):(?:"([^"]*)"|([^"]+))$/.exec(text) ?? [];
    return [{ text, key, value: quoted ?? plain, isNot }];
  });
}

const keys = new Set([...properties, 'is', 'assigned', 'events', 'users', 'tag']);

const isKey = (key: string) => keys.has(key) || key.startsWith('tag:');

/** False if the key has no meaning, or the value none for it. */
function addPair(found: SearchTerms, key: string, value: string, isNot: boolean, me: string | undefined): boolean {
  if (!key || !value) return false;
  if (key === 'is') return addState(found, value, isNot, me);
  if (key === 'assigned')
    found.assignees.push(value === 'me' && me !== undefined ? { id: me, isNot } : { name: value, isNot });
  else if (key === 'events' || key === 'users') return addCount(found, key, value, isNot);
  else if (properties.has(key) || key.startsWith('tag:')) found.values.push({ property: key, value, isNot });
  else return false;
  return true;
}

function addState(found: SearchTerms, state: string, isNot: boolean, me: string | undefined): boolean {
  if (state === 'mine' && me !== undefined) found.assignees.push({ id: me, isNot });
  else if (state === 'assigned' || state === 'unassigned') {
    found.states.push({ state: 'assigned', isNot: isNot !== (state === 'unassigned') });
  } else if (statuses.has(state)) found.states.push({ state: state as IssueStatus, isNot });
  else return false;
  return true;
}

/** `events:>100`, `users:<=3`, `events:1`. */
function addCount(found: SearchTerms, count: 'events' | 'users', value: string, isNot: boolean): boolean {
  const [, sign = '', digits] = /^([<>]?=?)(\d{1,15})$/.exec(value) ?? [];
  if (digits === undefined || isNot) return false;
  const number = Number(digits);
  found.counts.push({
    count,
    ...(!sign.startsWith('<') && { atLeast: sign === '>' ? number + 1 : number }),
    ...(!sign.startsWith('>') && { atMost: sign === '<' ? number - 1 : number }),
  });
  return true;
}

/** Quoted words follow one another; others stand anywhere. */
export function addWords(found: Pick<SearchTerms, 'words'>, text: string, isNot: boolean): void {
  const words = text.split(/[^\p{L}\p{N}_]+/u).filter(Boolean);
  if (!words.length) return;
  if (text.startsWith('"') || isNot) found.words.push({ words, isNot });
  else found.words.push(...words.map((word) => ({ words: [word], isNot })));
}
