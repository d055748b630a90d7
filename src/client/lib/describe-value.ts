import { limits } from '../../protocol/limits.ts';
import { attempt } from './attempt.ts';

/** Functions included. */
export const isObject = (value: unknown): value is object => Object(value) === value;

/**
 * Reads a property of a foreign object, which may throw. Of accessors that stand on the object itself only the engine's
 * run, `stack` in Chromium: the page must not notice, unless it handed us the object to be read (`isGiven`).
 */
export const read = (value: unknown, key: string, isGiven?: unknown): unknown =>
  attempt(() =>
    isGiven || /ve code|undef/.test(Object.getOwnPropertyDescriptor(Object(value), key)?.get as unknown as string)
      ? (value as Record<string, unknown> | null)?.[key]
      : '(getter)',
  );

/** `Object`, `Array`, `ProgressEvent`, `HTMLImageElement`, ... for an object; the `typeof` of anything else, and `null`. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  const type = typeof value;
  return type === 'object' ? (attempt(() => ({}).toString.call(value).slice(8, -1)) ?? 'Proxy') : type;
}

/** Errors of this and other realms, and what behaves like one. */
export const isError = (value: unknown): boolean =>
  /^(Error|DOMException)$/.test(typeOf(value)) || typeof (read(value, 'message') && read(value, 'stack')) === 'string';

/** How names and texts are cleaned on the way. */
export interface Cleaner {
  _isSecret: (name: string) => boolean;
  _text: (text: string) => string;
}

/**
 * Any value as plain JSON, bounded in depth, width and number of objects. Never throws, never calls methods of the value.
 * With a cleaner it was handed to us; what was only thrown is read without running its accessors. Not `isFree`: an event, whose
 * own names are no secrets, whatever the site masks; those of what the site has put in are.
 */
export function toPlain(
  value: unknown,
  cleaner?: Cleaner,
  depth: number = limits.depth,
  objects: unknown[] = [],
  isFree = true,
): unknown {
  const type = typeOf(value);
  const isArray = type === 'Array';
  if (value == null || type === 'boolean' || Number.isFinite(value)) return value;
  if (depth && (isArray || type === 'Object') && objects.push(value) < limits.objects) {
    return (
      attempt(() => {
        const copy = (isArray ? [] : {}) as Record<string, unknown>;
        for (const key of Object.keys(value).slice(0, limits.keys)) {
          copy[key] =
            !isArray && isFree && cleaner?._isSecret(key)
              ? '[masked]'
              : toPlain(
                  read(value, key, cleaner),
                  cleaner,
                  depth - 1,
                  objects,
                  isFree || /user|tags|extra|data/.test(key),
                );
        }
        return copy;
      }) ?? type
    );
  }
  const described = !isObject(value)
    ? String(value)
    : isError(value)
      ? `${read(value, 'name')}: ${read(value, 'message')}`
      : type;
  const text = described.slice(0, limits.string);
  return cleaner?._text(text) ?? text;
}

/** One line for any value: text as it is, objects as JSON. */
export function describeValue(value: unknown, depth?: number): string {
  const plain = toPlain(value, undefined, depth);
  return isObject(plain) ? JSON.stringify(plain) : String(plain);
}
