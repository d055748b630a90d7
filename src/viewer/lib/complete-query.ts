import type { KnownValue } from '../../protocol/api.ts';
import { countOf } from './format.ts';
import { queryTerm } from './query-term.ts';

/** What a search may become. */
export interface Completion {
  /** The whole search. */
  query: string;
  /** Its last term. */
  term: string;
  meaning: string;
}

/** What a key is, and what it means. */
export type KnownKeys = [key: string, meaning: string][];

export const issueKeys: KnownKeys = [
  ['is:', 'its state, or whose it is'],
  ['assigned:', 'who looks after it'],
  ['browser:', 'seen in a browser'],
  ['os:', 'seen on a system'],
  ['device:', 'seen on a kind of device'],
  ['release:', 'seen in a release'],
  ['environment:', 'seen in an environment'],
  ['url:', 'seen on a page'],
  ['level:', 'how serious'],
  ['mechanism:', 'how it was noticed'],
  ['events:>', 'more events than'],
  ['users:>', 'more users than'],
];

/** Of the search for records of logs. */
export const recordKeys: KnownKeys = [
  ['level:', 'how serious'],
  ['level:>=', 'as serious, or more'],
  ['logger:', 'who wrote it'],
  ['session:', 'of one visit to a page'],
  ['release:', 'written in a release'],
  ['environment:', 'written in an environment'],
  ['url:', 'written on a page'],
  ['browser:', 'written in a browser'],
  ['os:', 'written on a system'],
  ['device:', 'written on a kind of device'],
];

const states: [state: string, meaning: string][] = [
  ['unresolved', 'to be looked at'],
  ['resolved', 'mended'],
  ['snoozed', 'out of sight for a while'],
  ['ignored', 'out of sight'],
  ['mine', 'assigned to me'],
  ['assigned', 'to anybody'],
  ['unassigned', 'to nobody'],
];

/** The term that is being typed, without its dash; `key` is empty until there is a colon. */
export function lastTerm(text: string): { before: string; key: string; begin: string } {
  const [, before = '', term = ''] = /^(.*?)((?:(?:tag:)?[^\s":]*:)?(?:"[^"]*|[^\s"]*))$/s.exec(text) ?? [];
  const [, dash = '', key = '', begin = ''] = /^(-?)(?:((?:tag:)?[^:"]+):)?"?(.*)$/s.exec(term) ?? [];
  return { before: before + dash, key, begin };
}

/** Completes the last term of a search: to a key, or to one of the values that its key is known to have. */
export function completeQuery(
  text: string,
  tags: string[],
  values: KnownValue[],
  keys: KnownKeys = issueKeys,
): Completion[] {
  const { before, key, begin } = lastTerm(text);
  const fits = (word: string) => word.toLowerCase().startsWith(begin.toLowerCase()) && word !== begin;
  const offer = (term: string, meaning: string) => ({ query: before + term, term, meaning });
  if (key === 'is') {
    return states.filter(([state]) => fits(state)).map(([state, meaning]) => offer(`is:${state} `, meaning));
  }
  if (key) {
    return values.flatMap(({ value, issues }) => {
      const term = fits(value) && queryTerm(key, value);
      return term ? [offer(`${term} `, issues ? countOf(issues, 'issue') : '')] : [];
    });
  }
  return [...keys, ...tags.map((tag): [string, string] => [`${tag}:`, 'a tag of your own'])]
    .filter(([word]) => fits(word))
    .map(([word, meaning]) => offer(word, meaning));
}
