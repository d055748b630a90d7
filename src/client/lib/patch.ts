type Method = (...args: never[]) => unknown;

/**
 * Watches calls of `target[name]`: `before` sees `this` and the arguments and may return a function that sees the
 * result. A Proxy keeps name, length, properties and identity of the result as they were. Returns the undo.
 */
export function patch(
  target: object | undefined,
  name: string,
  before: (self: unknown, args: unknown[]) => ((result: unknown) => void) | void,
): () => void {
  const descriptor = target && Object.getOwnPropertyDescriptor(target, name);
  const original: unknown = descriptor?.value;
  if (!target || typeof original !== 'function' || !(descriptor?.writable || descriptor?.configurable)) return () => {};
  let quiet = false;
  const proxy: unknown = new Proxy(original as Method, {
    apply(method, self, args) {
      let after;
      if (!quiet) {
        try {
          after = before(self, args);
        } catch {
          // The page's call comes first, whatever happened to us.
        }
      }
      const result = Reflect.apply(method, self, args);
      try {
        after?.(result);
      } catch {
        // As above.
      }
      return result;
    },
    // `Function.prototype.toString` shows a Proxy without its name: answer as the original would.
    get: (method, key) => (key === 'toString' ? method.toString.bind(method) : Reflect.get(method, key)),
  });
  const put = (value: unknown) => {
    if (descriptor.configurable) Object.defineProperty(target, name, { ...descriptor, value });
    else (target as Record<string, unknown>)[name] = value;
  };
  put(proxy);
  return () => {
    // Whoever patched on top of us calls us: then we can only fall silent.
    if ((target as Record<string, unknown>)[name] === proxy) put(original);
    quiet = true;
  };
}
