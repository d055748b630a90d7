/** Reads a property of a foreign object: getters and proxies may throw. */
export function read(value: unknown, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** `Object`, `Array`, `ProgressEvent`, `HTMLImageElement`, ... for an object; the `typeof` of anything else. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  const type = typeof value;
  if (type !== 'object') return type;
  try {
    return Object.prototype.toString.call(value).slice(8, -1);
  } catch {
    return 'Proxy'; // revoked
  }
}

/** Errors of this and other realms, and what behaves like one. */
export function isError(value: unknown): boolean {
  const type = typeOf(value);
  return (
    type === 'Error' ||
    type === 'DOMException' ||
    value instanceof Error ||
    (type === 'Object' && typeof read(value, 'message') === 'string' && typeof read(value, 'stack') === 'string')
  );
}

/** One line of bounded length for any value. Never throws, never calls the value's own methods. */
export function describeValue(value: unknown, depth = 2): string {
  const type = typeOf(value);
  if (type === 'string') return depth < 2 ? JSON.stringify((value as string).slice(0, 100)) : (value as string);
  if (isError(value)) return `${read(value, 'name')}: ${read(value, 'message')}`;
  if (type === 'Object' || type === 'Array') {
    if (!depth) return type;
    try {
      const parts = Object.keys(value as object)
        .slice(0, 10)
        .map((key) => (type === 'Array' ? '' : `${key}: `) + describeValue(read(value, key), depth - 1));
      return (type === 'Array' ? `[${parts}]` : `{${parts.join(', ')}}`).replace(/,(?=\S)/g, ', ');
    } catch {
      return type;
    }
  }
  return typeof value === 'object' ? type : type === 'function' ? `function ${read(value, 'name')}` : String(value);
}
