import { limits } from '../limits.ts';
import { cutText, isFields, type Fields, type Reader } from './reader.ts';

/** Free-form data, cut to the limits of depth, keys and length. */
export function parseRecord(value: unknown, path: string, reader: Reader): Fields | undefined {
  const fields = reader.fields(value, path);
  return fields && cutFields(fields, path, limits.depth, reader);
}

/** Short words to filter by. Numbers and booleans become text. */
export function parseTags(value: unknown, path: string, reader: Reader): Record<string, string> | undefined {
  const fields = reader.fields(value, path);
  if (!fields) return undefined;
  const tags: Record<string, string> = {};
  for (const [key, tag] of entries(fields, limits.tags, path, reader)) {
    const isPlain = typeof tag === 'number' || typeof tag === 'boolean';
    const text = reader.text(isPlain ? String(tag) : tag, `${path}.${key}`, limits.tagValue);
    if (text !== undefined) tags[key] = text;
  }
  return tags;
}

function cutFields(fields: Fields, path: string, depth: number, reader: Reader): Fields {
  const kept: Fields = {};
  for (const [key, value] of entries(fields, limits.keys, path, reader)) {
    kept[key] = cutValue(value, `${path}.${key}`, depth - 1, reader);
  }
  return kept;
}

function cutValue(value: unknown, path: string, depth: number, reader: Reader): unknown {
  if (typeof value === 'string') return reader.text(value, path, limits.string);
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : String(value);
  if (typeof value === 'boolean' || value === null) return value;
  if (depth <= 0) {
    reader.note(path, `deeper than ${limits.depth} levels`);
    return Array.isArray(value) ? '[list]' : '[object]';
  }
  if (Array.isArray(value)) {
    return reader.list(value, path, limits.keys).map((entry, i) => cutValue(entry, `${path}[${i}]`, depth - 1, reader));
  }
  return isFields(value) ? cutFields(value, path, depth, reader) : `[${typeof value}]`;
}

/**
 * The first `max` entries, without `__proto__`: assigning it would change what the object inherits. No generator: V8 would
 * compile one for speed, and throw that away, again and again.
 */
export function entries(fields: Fields, max: number, path: string, reader: Reader): [string, unknown][] {
  const found: [string, unknown][] = [];
  for (const key of Object.keys(fields)) {
    if (key === '__proto__') continue;
    if (found.length === max) {
      reader.note(path, `cut to ${max} keys`);
      break;
    }
    found.push([cutText(key, limits.label), fields[key]]);
  }
  return found;
}
