import { attempt } from './attempt.ts';

type Method = (...args: unknown[]) => unknown;
type After = ((result: unknown) => void) | void;
type Call = [method: Method, self: unknown, args: unknown[], after?: After];

/**
 * Watches calls of `target[name]`: `before` sees `this` and the arguments and may return a function that sees the
 * result; with `hasSite` it gets an Error made where the call was. A Proxy keeps name, length, properties and identity
 * of the result as they were. Returns the undo.
 *
 * We have left the stack while the method runs: only the engine's own functions call it. So the console shows the
 * page's line and not ours, errors have the page's stack, and a page that loads us from another origin does not find
 * its own errors masked because our frame is the last. How: `find` over two steps. It calls `look` with the first,
 * then reads the second, whose getter is the page's call, calls `look` with what came of it, and gives that back.
 * Around it, `call`, `bind` and a Proxy hand on what the method was called with.
 */
export function patch(
  target: object | undefined,
  name: string,
  before: (self: unknown, args: unknown[], site: Error | undefined) => After,
  hasSite = false,
): () => void {
  const descriptor = target && Object.getOwnPropertyDescriptor(target, name);
  const original = descriptor?.value as Method;
  let isQuiet = !(target && typeof original === 'function' && descriptor?.configurable);
  if (isQuiet) return () => {};
  const { apply } = Reflect;
  const next: unknown[] = [];
  const steps = Object.defineProperty([] as unknown[], 1, { get: apply.bind(null, apply, null, next) });
  function look(this: Call, result: unknown, isDone: number) {
    // Made here, so that exactly one frame of its stack is ours.
    const site = hasSite && !isDone ? new Error() : undefined;
    if (isDone) attempt(() => this[3]?.(result));
    else if (!isQuiet) this[3] = attempt(() => before(this[1], this[2], site));
    // Last: what runs in `before` may be watched too.
    Object.assign(next, this);
    return isDone;
  }
  const { call } = Function.prototype;
  const handler = Object.assign(call.bind(steps.find.bind(steps, look as never) as Method), { apply: call });
  const proxy = new Proxy<Method>(original, {
    apply: new Proxy(original, handler),
    // `Function.prototype.toString` shows a Proxy without its name: answer as the original would.
    get: (method, key) => (key === 'toString' ? method.toString.bind(method) : Reflect.get(method, key)),
  });
  const put = (value: Method) => Object.defineProperty(target, name, { ...descriptor, value });
  put(proxy);
  return () => {
    // Whoever patched on top of us calls us: then we can only fall silent.
    if ((target as Record<string, unknown>)[name] === proxy) put(original);
    isQuiet = true;
  };
}
