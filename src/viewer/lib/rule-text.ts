import type { GroupingRule, ScrubRule } from '../../protocol/api.ts';

/** Rules as people write them: one a line. What cannot be read throws a sentence that names the line. */

const arrow = ' -> ';
const conditions = ['type', 'message', 'function', 'file', 'url', 'release', 'environment'] as const;

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

function cut(line: string): [before: string, after: string] {
  const at = line.lastIndexOf(arrow);
  return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + arrow.length).trim()];
}

/** `name customer*` masks fields; `text \d{16} -> [card]` replaces what matches. */
export const readScrubRules = (text: string): ScrubRule[] =>
  linesOf(text).map((line) => {
    const [, kind, rest = ''] = /^(name|text)\s+(.+)$/.exec(line) ?? [];
    if (kind === 'name') return { kind, pattern: rest };
    if (kind !== 'text') throw new Error(`Begin with "name" or "text": ${line}`);
    const [pattern, replacement] = cut(rest);
    return replacement ? { kind, pattern, replacement } : { kind, pattern };
  });

export const writeScrubRules = (rules: ScrubRule[]): string =>
  rules
    .map(({ kind, pattern, replacement }) => `${kind} ${pattern}${replacement ? arrow + replacement : ''}`)
    .join('\n');

const quote = (text: string) => (/[\s"]/.test(text) || text === 'ignore' ? `"${text.replaceAll('"', '')}"` : text);
const words = (text: string) => text.match(/"[^"]*"|\S+/g) ?? [];
const unquote = (word: string) => word.replaceAll('"', '');

/** `message:"Timeout*" url:/cart* -> timeouts` puts together; `-> ignore` ignores from the start. */
export const readGroupingRules = (text: string): GroupingRule[] =>
  linesOf(text).map((line) => {
    const [what, then] = cut(line);
    const match: GroupingRule['match'] = {};
    for (const [, name = '', pattern = ''] of what.matchAll(/(\w+):("[^"]*"|\S+)/g)) {
      const known = conditions.find((one) => one === name);
      if (!known) throw new Error(`"${name}" is none of ${conditions.join(', ')}: ${line}`);
      match[known] = unquote(pattern);
    }
    const fingerprint = words(then).filter((word) => word !== 'ignore');
    const ignore = words(then).length > fingerprint.length;
    if (!Object.keys(match).length || !then) throw new Error(`Write it as message:"Timeout*" -> timeouts: ${line}`);
    return { match, ...(fingerprint.length && { fingerprint: fingerprint.map(unquote) }), ...(ignore && { ignore }) };
  });

export const writeGroupingRules = (rules: GroupingRule[]): string =>
  rules
    .map(({ match, fingerprint = [], ignore }) => {
      const what = Object.entries(match).map(([name, pattern]) => `${name}:${quote(pattern)}`);
      return [...what, arrow.trim(), ...(ignore ? ['ignore'] : []), ...fingerprint.map(quote)].join(' ');
    })
    .join('\n');
