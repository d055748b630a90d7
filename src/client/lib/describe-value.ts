import { limits } from '../../protocol/limits.ts';

/** Reads a property of a foreign object: getters and proxies may throw. */
export function read(value: unknown, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** `Object`, `Array`, `ProgressEvent`, `HTMLImageElement`, ... for an object; the `typeof` of anything else, and `null`. */
export function typeOf(value: unknown): string {
  const type = typeof value;
  if (type !== 'object') return type;
  try {
    return value ? Object.prototype.toString.call(value).slice(8, -1) : 'null';
  } catch {
    return 'Proxy'; // revoked
  }
}

/** Errors of this and other realms, and what behaves like one. */
export function isError(value: unknown): boolean {
  return (
    /^(Error|DOMException)$/.test(typeOf(value)) || typeof (read(value, 'message') && read(value, 'stack')) === 'string'
  );
}

/** How names and texts are cleaned on the way. */
export interface Cleaner {
  _isSecret: (name: string) => boolean;
  _text: (text: string) => string;
}

/** Any value as plain, bounded JSON. Never throws, never calls methods of the value. */
export function toPlain(value: unknown, cleaner?: Cleaner, depth: number = limits.depth): unknown {
  const type = typeOf(value);
  if (value == null || type === 'boolean' || Number.isFinite(value)) return value;
  if (depth && (type === 'Object' || type === 'Array')) {
    try {
      const plain: Record<string, unknown> = {};
      for (const key of Object.keys(value).slice(0, limits.keys)) {
        plain[key] =
          type === 'Object' && cleaner?._isSecret(key) ? '[masked]' : toPlain(read(value, key), cleaner, depth - 1);
      }
      return type === 'Array' ? Object.values(plain) : plain;
    } catch {
      return type;
    }
  }
  const text = isError(value)
    ? `${read(value, 'name')}: ${read(value, 'message')}`
    : /^(object|function)$/.test(typeof value)
      ? type
      : String(value);
  return cleaner ? cleaner._text(text.slice(0, limits.string)) : text.slice(0, limits.string);
}

/** One line for any value: text as it is, objects as JSON. */
export function describeValue(value: unknown, depth?: number): string {
  const plain = toPlain(value, undefined, depth);
  return Object(plain) === plain ? JSON.stringify(plain) : String(plain);
}
