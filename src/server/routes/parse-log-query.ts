import { levels, type Level } from '../../protocol/event.ts';
import type { LogTerms } from '../store/log-store.ts';
import { addWords, readTerms } from './parse-query.ts';

/** Properties that records are found by, beside their level and logger; `tag:name:value` is for tags. */
export const logProperties = new Set(['release', 'environment', 'session', 'url', 'browser', 'os', 'device']);

const isKey = (key: string) =>
  logProperties.has(key) || ['level', 'logger', 'tag'].includes(key) || key.startsWith('tag:');

/**
 * The language of issues, for records: `level:error logger:checkout.* session:b194 "card refused" -url:/cart`. `level` also
 * takes a threshold (`level:>=warning`); `logger:checkout.*` is a logger and those below it, without `.*` every name that
 * begins so. What has no meaning as a key is searched for as words.
 */
export function parseLogQuery(query: string): LogTerms {
  const found: LogTerms = { words: [], values: [], levels: [], loggers: [] };
  for (const { text, key, value, isNot } of readTerms(query, isKey)) {
    if (key === 'level' && levelsOf(value).length > 0) found.levels.push({ levels: levelsOf(value), isNot });
    else if (key === 'logger' && value) {
      const isTree = value.endsWith('.*');
      found.loggers.push({ name: isTree ? value.slice(0, -2) : value.replace(/\*$/, ''), isTree, isNot });
    } else if (value && (logProperties.has(key) || key.startsWith('tag:'))) {
      found.values.push({ property: key, value, isNot });
    } else addWords(found, text, isNot);
  }
  return found;
}

/** `error`, `err`, `>=warning`, `<info`; none where it means nothing. */
function levelsOf(value: string): Level[] {
  const [, sign = '', begin = ''] = /^([<>]=?)?([a-z]+)$/i.exec(value) ?? [];
  if (!begin) return [];
  const named = levels.filter((level) => level.startsWith(begin.toLowerCase()));
  const [first] = named;
  if (!sign || first === undefined) return named;
  const place = levels.indexOf(first);
  return levels.filter((_, index) => {
    if (index === place) return sign.endsWith('=');
    return sign.startsWith('>') ? index > place : index < place;
  });
}
