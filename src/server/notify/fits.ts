import { levels, type Level } from '../../protocol/event.ts';
import type { RuleFilter } from '../../protocol/notices.ts';
import { isLike } from '../group/wildcard.ts';
import type { Transition } from '../store/notice-store.ts';

type Told = Pick<Transition, 'title' | 'values'>;

/** Whether a change, or a record with its text as the title, is one that a rule is about. */
export function fits(change: Told, filter: RuleFilter): boolean {
  const has = (property: string, pattern: string | undefined) =>
    pattern === undefined || change.values.some(([name, value]) => name === property && isLike(value, pattern));
  const { level, release, environment, page, tag, words = '' } = filter;
  const title = change.title.toLowerCase();
  return (
    (level === undefined || rank(levelOf(change)) >= rank(level)) &&
    has('release', release) &&
    has('environment', environment) &&
    has('url', page) &&
    (tag === undefined || has(`tag:${tag.name}`, tag.value)) &&
    words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => title.includes(word))
  );
}

const rank = (level: Level) => levels.indexOf(level);
const levelOf = ({ values }: Told): Level =>
  (values.find(([property]) => property === 'level')?.[1] ?? 'error') as Level;
