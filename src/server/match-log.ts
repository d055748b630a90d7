import type { Level } from '../protocol/event.ts';
import { propertiesOf } from './arrive-records.ts';
import type { KeptRecord, LogTerms } from './store/log-store.ts';
import { createWordsMatch, tokensOf } from './store/match-words.ts';

/** What a search looks at in a record, or in an event, which has no logger. */
export interface Searched {
  level: Level;
  logger?: string;
  values: [string, string][];
  /** Words stand in one of them. */
  texts: string[];
}

export const searchedOf = ({ level, logger, context, text, data }: KeptRecord): Searched => ({
  level,
  logger,
  values: propertiesOf(context),
  texts: data ? [text, JSON.stringify(data)] : [text],
});

/** The same answer as the store gives, for what has just come. */
export function createLogMatch({ words, values, levels, loggers }: LogTerms): (one: Searched) => boolean {
  const phrases = words.map((term) => ({ isNot: term.isNot, isIn: createWordsMatch(term) }));
  return (one) => {
    const texts = phrases.length > 0 ? one.texts.map(tokensOf) : [];
    return (
      levels.every((term) => term.levels.includes(one.level) !== term.isNot) &&
      loggers.every(({ isNot, ...term }) => isOfLogger(one.logger, term) !== isNot) &&
      values.every(({ property, value, isNot }) => {
        const isThere = one.values.some(([name, each]) => name === property && begins(each, value));
        return isThere !== isNot;
      }) &&
      phrases.every(({ isNot, isIn }) => isIn(texts) !== isNot)
    );
  };
}

const begins = (text: string, begin: string) => text.toLowerCase().startsWith(begin.toLowerCase());

function isOfLogger(logger: string | undefined, { name, isTree }: { name: string; isTree: boolean }): boolean {
  if (logger === undefined) return false;
  return isTree ? logger.toLowerCase() === name.toLowerCase() || begins(logger, `${name}.`) : begins(logger, name);
}
