/** Properties that issues are counted by; `tag:name:value` is for tags. */
const properties = new Set(['browser', 'os', 'device', 'release', 'environment', 'url', 'level', 'mechanism']);

export interface SearchQuery {
  words: string[];
  values: [property: string, value: string][];
}

/** More would only cost. */
const maxTerms = 10;

/** `browser:firefox "not a function" cart` becomes the pair browser and firefox, and the words to look for. */
export function parseQuery(query: string): SearchQuery {
  const found: SearchQuery = { words: [], values: [] };
  const terms = [...query.matchAll(/(?:[^\s":]{1,100}:){0,2}"[^"]*"|\S+/g)].slice(0, maxTerms);
  for (const [term] of terms) {
    const pair = /^((?:tag:)?[^:"\s]+):"?([^"]+)"?$/.exec(term);
    if (pair?.[1] && pair[2] && (properties.has(pair[1]) || pair[1].startsWith('tag:'))) {
      found.values.push([pair[1], pair[2]]);
    } else found.words.push(...term.split(/[^\p{L}\p{N}_]+/u).filter(Boolean));
  }
  return { words: found.words.slice(0, maxTerms), values: found.values };
}
