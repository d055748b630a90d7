import type { Exception } from '../../protocol/event.ts';
import { matchMessage, type KnownMessage } from './match-message.ts';

/** Something is called: keywords and types have a space before the bracket. */
const call = /[\w$)\]!](?:\?\.)?\(/;

/** A property is written. */
const writes =
  /(?:[.#][\w$]+|\])\s*(?:[-+*/%&|^?]|\*\*|<<|>>)*=(?!=)|\+\+|--|\b(?:assign|push|sort|reverse|splice|shift|define\w*|set|add)\(/;

/**
 * What a line must have if the error of a family comes from it: the operators or the built-in functions that throw it.
 * Minifiers join lines, so engines may point to the one before; and Safari ends a function's frame when its last act is a
 * call (`return JSON.stringify(x)`), so the first frame may be its caller's.
 */
const needs: Record<string, RegExp> = {
  'in-operator': /\bin\b/,
  'instanceof-operator': /\binstanceof\b/,
  'cannot-delete': /\bdelete\b|splice|pop|shift|length/,
  'not-iterable': /\bof\b|\.\.\.|\]\s*=|\byield\b|\bnew\b|\bfrom|\ball|\brace\b|\bany\b/,
  'read-only': writes,
  'getter-only': writes,
  'not-extensible': writes,
  'primitive-property': writes,
  'cannot-redefine': /define|assign/i,
  'define-on-primitive': /Object|Reflect|create/,
  descriptor: /define|create/i,
  'not-a-constructor': /\bnew\b|construct|extends/,
  hierarchy: /insert|append|prepend|replace|before|after|add/i,
  'not-a-child': /insert|remove|replace/i,
  'attribute-name': /ttribute|createElement|classList|toggle|add|set/,
  'array-length': /Array|length|Buffer/,
  'bigint-mix': /[-+*/%&|^<>]|Math|Number/,
  'symbol-conversion': /\$\{|\+|String|Number|join|concat|append/,
  'class-call': call,
  'apply-arguments': /apply|Reflect/,
  'apply-receiver': /apply|call|bind/,
  'cannot-freeze': /freeze|seal|prevent/,
  'too-many-arguments': /\.\.\.|apply|new|\(/,
  'not-a-function': call,
  'private-member': /#/,
  'null-conversion': /Object|\.\.\.|call|apply|\{|entries|keys|values/,
  'class-heritage': /\bclass\b|extends/,
  'super-missing': /\bsuper\b|\bthis\b|\bnew\b/,
  'super-twice': /\bsuper\b/,
  'promise-executor': /Promise/,
  'callback-missing': /sort|map|filter|reduce|forEach|find|some|every/i,
  'bigint-division': /[/%]/,
  'bigint-exponent': /\*\*/,
  'json-bigint': /stringify/,
  'storage-full': /torage|\bput\b|\badd\b|set/,
  'play-denied': /play/i,
  'custom-element': /define/,
  'message-origin': /postMessage/,
  'history-flood': /history|State|location/,
  'history-origin': /history|State/,
  'empty-reduce': /reduce/,
  radix: /toString/,
  precision: /to(?:Fixed|Precision|Exponential)/,
  'code-point': /fromCodePoint/,
  'json-cycle': /stringify/,
  'json-parse': /parse|json/i,
  'not-cloneable': /structuredClone|postMessage|State|put|add/,
  date: /toISOString|toJSON|stringify|format/,
  uri: /URI/,
  'repeat-count': /repeat|pad/,
  'normalize-form': /normalize/,
  'regexp-syntax': /RegExp|match|search|\//,
  'invalid-base64': /atob|btoa/,
  'invalid-url': /URL|fetch|Request|open/i,
  'bigint-parse': /BigInt/,
  'weak-key': /set|add|Weak|register/i,
  selector: /querySelector|matches|closest/,
  currency: /Intl|toLocale|Format/,
  locale: /Intl|toLocale|Format|localeCompare/,
  'time-zone': /Intl|toLocale|Format/,
  'intl-option': /Intl|toLocale|Format/,
};

/** These name a global variable or a function of the browser: no minifier changes that. */
const tellName = new Set(['undefined-variable', 'argument-type', 'missing-argument']);

/** Whether a line can have caused what an engine says. */
export function mayCause(line: string, known: KnownMessage | undefined): boolean {
  if (line === '' || !known) return true;
  const { family, name } = known;
  if (name && (family.name === 'null-property' || family.name === 'not-a-function')) return hasProperty(line, name);
  if (name && tellName.has(family.name)) return line.includes(name);
  return needs[family.name]?.test(line) ?? true;
}

/** For symbolication: what an exception's message lets expect of the line that threw it. */
export function lineTest({ type, value }: Exception): ((line: string) => boolean) | undefined {
  const known = matchMessage(type, value);
  return known && ((line) => mayCause(line, known));
}

/** Whether a property is used in a line: a variable may have the same name. A function may be called without a dot. */
function hasProperty(line: string, name: string): boolean {
  for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
    const before = line.slice(0, at).trimEnd();
    const isWhole = !/[\w$]$/.test(line.slice(0, at)) && !/^[\w$]/.test(line.slice(at + name.length));
    if (isWhole && (/[.#]$|\[['"`]$/.test(before) || line.includes('} =') || line[at + name.length] === '('))
      return true;
  }
  return false;
}

/** Whether a line calls a function of that name, as far as can be told. */
export function mayCall(line: string, callee: string): boolean {
  const name = /([\w$]+)[^\w$]*$/.exec(callee.replace(/ (?:in|of) .*$/, ''))?.[1] ?? '';
  // Callbacks, getters and functions without a name are called without it; an import may have another case.
  if (line === '' || name.length < 2 || /^(?:callback|get |set |new |<)/.test(callee)) return true;
  return line.toLowerCase().includes(name.toLowerCase());
}
