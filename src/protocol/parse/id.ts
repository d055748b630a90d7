import type { Reader } from './reader.ts';

/** The id of an event or of a record; undefined, and noted, when it is none. */
export function parseId(value: unknown, path: string, reader: Reader): string | undefined {
  if (typeof value === 'string' && /^[\w-]{16,64}$/.test(value)) return value;
  return void reader.note(path, 'refused: must be 16 to 64 characters of A-Za-z0-9_-');
}
