import { attempt } from './attempt.ts';

type Method = (...args: unknown[]) => unknown;

/**
 * Watches calls of `target[name]`: `before` sees `this` and the arguments and may return a function that sees the
 * result; with `hasSite` it gets an Error made where the call was. A Proxy keeps name, length, properties and identity of the result as they were. Returns the undo.
 */
export function patch(
  target: object | undefined,
  name: string,
  before: (self: unknown, args: unknown[], site: Error | undefined) => ((result: unknown) => void) | void,
  hasSite = false,
): () => void {
  const descriptor = target && Object.getOwnPropertyDescriptor(target, name);
  const original = descriptor?.value as Method | undefined;
  let isQuiet = !(target && typeof original === 'function' && descriptor?.configurable);
  if (isQuiet) return () => {};
  const proxy = new Proxy(original as Method, {
    apply(method, self, args) {
      // Made here, so that exactly one frame of its stack is ours.
      const site = hasSite ? new Error() : undefined;
      // The page's call comes first, whatever happens to us.
      const after = isQuiet ? undefined : attempt(() => before(self, args, site));
      const result: unknown = Reflect.apply(method, self, args);
      if (after) attempt(() => after(result));
      return result;
    },
    // `Function.prototype.toString` shows a Proxy without its name: answer as the original would.
    get: (method, key) => (key === 'toString' ? method.toString.bind(method) : Reflect.get(method, key)),
  });
  const put = (value: Method) => Object.defineProperty(target, name, { ...descriptor, value });
  put(proxy);
  return () => {
    // Whoever patched on top of us calls us: then we can only fall silent.
    if ((target as Record<string, unknown>)[name] === proxy) put(original as Method);
    isQuiet = true;
  };
}
