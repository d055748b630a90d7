import type { KnownMessage } from './match-message.ts';

/**
 * What a line must mention if the error of a family comes from it: the built-in functions that throw it. Safari ends a
 * function's frame when its last act is a call (`return JSON.stringify(x)`), so the first frame may be its caller's.
 */
const builtIns: Record<string, RegExp> = {
  'empty-reduce': /reduce/,
  radix: /toString/,
  precision: /to(?:Fixed|Precision|Exponential)/,
  'code-point': /fromCodePoint/,
  'json-cycle': /stringify/,
  'json-bigint': /stringify/,
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

/** Whether a line can have caused what an engine says. */
export function mayCause(line: string, known: KnownMessage | undefined): boolean {
  if (line === '' || !known) return true;
  const { family, name } = known;
  if (name && (family.name === 'null-property' || family.name === 'not-a-function')) return hasProperty(line, name);
  return builtIns[family.name]?.test(line) ?? true;
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
