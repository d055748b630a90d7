import { limits } from '../../protocol/limits.ts';
import { attempt } from '../lib/attempt.ts';
import { isError, isObject, read, typeOf } from '../lib/describe-value.ts';

/** Values and characters of one record's fields: a graph in which all point to all has no other end. */
const maxValues = 500;
const maxChars = 8_000;
/** One less than `limits.depth`: a record is itself inside a batch. */
const maxDepth = limits.depth - 1;

const errorKeys = ['type', 'message', 'stack', 'cause'];

/** What a person would want to read of an error; what else hangs on it may be the whole application. */
const readError = (error: unknown, key: string) => (key === 'type' ? read(error, 'name') || 'Error' : read(error, key));

/**
 * Fields as plain, bounded JSON: errors by type, message, stack and cause, dates by their text. Never throws, never
 * calls methods of a value, never follows a cycle.
 */
export function toData(fields: object): Record<string, unknown> {
  let values = maxValues;
  let chars = maxChars;
  const cut = (text: string, max: number) => {
    const short = text.slice(0, Math.min(max, chars));
    chars -= short.length;
    return short;
  };
  const toPlain = (value: unknown, parents: unknown[]): unknown => {
    values--;
    const type = typeOf(value);
    if (value == null || type === 'boolean' || Number.isFinite(value)) return value;
    if (!isObject(value)) return cut(String(value), limits.string);
    const isList = type === 'Array';
    const error = isError(value);
    if (parents.includes(value)) return 'Cycle';
    if (type === 'Date') return attempt(() => Date.prototype.toISOString.call(value)) ?? type;
    if (parents.length > maxDepth || !(isList || error || type === 'Object')) return type;
    const keys = error
      ? errorKeys.filter((key) => readError(value, key) != null)
      : attempt(() => Object.keys(value).slice(0, limits.keys));
    if (!keys) return 'Proxy';
    const entries: [string, unknown][] = [];
    for (const key of keys) {
      if (values <= 0 || chars <= 0) break;
      const name = isList ? key : cut(key, limits.label);
      entries.push([name, toPlain(error ? readError(value, key) : read(value, key, true), [...parents, value])]);
    }
    return isList ? entries.map(([, each]) => each) : Object.fromEntries(entries);
  };
  const data = toPlain(isError(fields) ? { error: fields } : fields, []);
  return isObject(data) && !Array.isArray(data) ? (data as Record<string, unknown>) : { fields: data };
}

/** One line for any value: text as it is, errors as `Type: message`, objects as bounded JSON. */
export function describe(value: unknown): string {
  if (!isObject(value)) return String(value);
  if (!isError(value)) return JSON.stringify(toData(value));
  const [name, message] = ['name', 'message'].map((key) => read(value, key));
  return `${typeof name === 'string' ? name : 'Error'}: ${typeof message === 'string' ? message : ''}`;
}
