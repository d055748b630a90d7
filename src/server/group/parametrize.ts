import { pathPattern, urlPattern } from './url-pattern.ts';

/** The same pattern whatever the values look like: a name in one event may be a number in the next. */
export const patternKey = (pattern: string) =>
  pattern.replace(/<(?:text|json|data|url|e-mail|id|date|time|ip|number|value)>/g, '<>');

/** What a message is cut to: what says what happened stands at its beginning. */
const maxLength = 1_000;
const maxQuoted = 200;
/** Messages are told apart by these words; a longer one is data. */
const maxWord = 40;

const quotes = '"\'`“‘«„';
const closing: Record<string, string> = { '“': '”', '‘': '’', '«': '»', '„': '“' };

/**
 * A message without its changing values, so that `order 17 is gone` and `order 4 is gone` are one. One pass from left to
 * right over at most 1,000 characters: its time does not depend on what they are.
 */
export function parametrize(message: string): string {
  const text = message.slice(0, maxLength);
  let pattern = '';
  let at = 0;
  while (at < text.length) {
    const plain = endOfPlain(text, at);
    if (plain > at) {
      pattern += isDigit(text.charCodeAt(at)) ? '<number>' : text.slice(at, plain);
      at = plain;
      continue;
    }
    const end = endOfValue(text, at) ?? endOfWord(text, at);
    pattern += text[at] === ' ' ? ' ' : patternOf(text, at, end);
    at = Math.max(end, at + 1);
  }
  return pattern.replace(/\s+/g, ' ').trim();
}

/** So long a number is no id. */
const maxDigits = 7;

const isDigit = (code: number) => code >= 48 && code <= 57;
// In ASCII, small and capital letters differ in one bit.
const isLetter = (code: number) => (code | 32) >= 97 && (code | 32) <= 122;

/** Where the letters, or the digits, that stand here alone between spaces end; `at` for anything else. Most words are such. */
function endOfPlain(text: string, at: number): number {
  const isOne = isDigit(text.charCodeAt(at)) ? isDigit : isLetter;
  let end = at;
  while (isOne(text.charCodeAt(end))) end++;
  if (end - at > (isOne === isDigit ? maxDigits : maxWord)) return at;
  return end === text.length || text[end] === ' ' ? end : at;
}

/** Where a quoted text or a piece of JSON that begins here ends; undefined if none does. */
function endOfValue(text: string, at: number): number | undefined {
  const c = text[at] ?? '';
  if (quotes.includes(c) && !/\w/.test(text[at - 1] ?? '')) return endOfQuoted(text, at, closing[c] ?? c);
  if (c === '{' || c === '[') return endOfJson(text, at);
  return undefined;
}

/** An apostrophe within a word closes nothing. */
function endOfQuoted(text: string, at: number, close: string): number | undefined {
  const limit = Math.min(text.length, at + maxQuoted);
  for (let end = text.indexOf(close, at + 1); end > 0 && end < limit; end = text.indexOf(close, end + 1)) {
    if (!/\w/.test(text[end + 1] ?? '')) return end + 1;
  }
  return undefined;
}

/** Brackets with more than a word between them are data. What is cut off in the middle ends with the message. */
function endOfJson(text: string, at: number): number | undefined {
  if (!/^[{[]\s*["'{[\d\]}]/.test(text.slice(at, at + 20))) return undefined;
  let depth = 0;
  for (let end = at; end < text.length; end++) {
    const c = text[end] ?? '';
    if ('{['.includes(c)) depth++;
    else if ('}]'.includes(c) && --depth === 0) return end + 1;
  }
  return text.length;
}

const urlEnds = /[\s"'`<>|“”‘’«»]/g;
const wordEnds = /[\s"'`()<>{}[\],;|“”‘’«»]/g;

/** Words end at white space, quotes and brackets; what joins the parts of addresses and numbers is within them. */
function endOfWord(text: string, at: number): number {
  const isUrl = /^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(text.slice(at, at + 25));
  const ends = isUrl ? urlEnds : wordEnds;
  ends.lastIndex = at;
  return ends.exec(text)?.index ?? text.length;
}

function patternOf(text: string, at: number, end: number): string {
  const part = text.slice(at, Math.max(end, at + 1));
  if (quotes.includes(part[0] ?? '') && part.length > 1) return '<text>';
  if (/^[{[]/.test(part) && part.length > 1) return '<json>';
  // Punctuation at its end belongs to the sentence.
  const tail = /[.:!?=-]*$/.exec(part.slice(-5))?.[0] ?? '';
  const word = part.slice(0, part.length - tail.length);
  return wordPattern(word) + tail;
}

/** Kinds of words that are values, in the order in which they are looked for. Each expression is anchored and flat. */
const kinds: [RegExp, string | ((word: string) => string)][] = [
  [/^data:/i, '<data>'],
  [/^blob:/i, '<url>'],
  [/^[a-z][a-z0-9+.-]*:\/\//i, urlPattern],
  [/^\/[\w.~%@:+-]+(?:\/[^?#]*)?(?:[?#]|$)/, (word) => pathPattern(word.replace(/[?#].*$/s, ''))],
  [/^[^@]+@[\w-]+\.[\w.-]+$/, '<e-mail>'],
  [/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, '<id>'],
  [/^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?$/, '<date>'],
  [/^\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$/, '<time>'],
  [/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d+)?$/, '<ip>'],
  [/^(?:0x)?(?=[a-f]*\d)[0-9a-f]{8,}$/i, '<id>'],
  [/^(?=\D*\d)(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[\w.-]{12,}$/, '<id>'],
];

function wordPattern(word: string): string {
  // Most words are.
  if (word.length <= maxWord && /^[A-Za-z]*$/.test(word)) return word;
  // `key=value`, `key:value`: the key stays.
  const pair = /^([A-Za-z_][\w.-]*[=:])(?!\/\/)(.+)$/.exec(word);
  if (pair && !/^(?:data|blob):$/i.test(pair[1] ?? ''))
    return `${pair[1]}${valuePattern(pair[2] ?? '', pair[1] ?? '')}`;
  for (const [kind, pattern] of kinds) {
    if (kind.test(word)) return typeof pattern === 'string' ? pattern : pattern(word);
  }
  if (word.length > maxWord && !/\s/.test(word)) return '<data>';
  if (/^-?\d/.test(word)) return word.replace(/-?\d+(?:[.,:]\d+)*/g, '<number>');
  // Names such as `utf8`, `h1` and `base64` have a digit or two at their end; others that have digits are values.
  return /\d/.test(word) && !/^[a-z]+\d{1,2}$/.test(word) ? word.replace(/[\w-]*\d[\w-]*/g, '<id>') : word;
}

/** After `=` anything is a value; after `:` what looks like one. */
const valuePattern = (value: string, key: string) => (key.endsWith('=') ? '<value>' : wordPattern(value));
