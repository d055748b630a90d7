import { attempt } from './attempt.ts';

export type Method = (...args: unknown[]) => unknown;
type Call = [method: Method, self: unknown, args: unknown[], after?: After];
type After = ((result: unknown) => Call | void) | void;

/** What stands behind each of our proxies. */
const originals = new WeakMap<object, Method>();

/** The call that comes next, of whichever method. */
const next: unknown[] = [];
/** One for all: making them is a good part of what the start takes. */
let steps: unknown[] | undefined;

/**
 * Watches calls of `target[name]`: `before` sees `this` and the arguments and may return a function that sees the
 * result, and may name a call whose result the page gets instead; with `hasSite` it gets an Error made where the call
 * was. A Proxy keeps name, length, properties and identity of the result as they were. Returns the undo.
 *
 * We have left the stack while the method runs: only the engine's own functions call it. So the console shows the
 * page's line and not ours, errors have the page's stack, and a page that loads us from another origin does not find
 * its own errors masked because our frame is the last. How: `find` over three steps. It calls `look` with the first,
 * then reads the second, whose getter is the page's call, calls `look` with what came of it, and gives that back, or
 * goes on to the third. Around it, `call`, `bind` and a Proxy hand on what the method was called with.
 */
export function patch(
  target: object | undefined,
  name: string,
  before: (self: unknown, args: unknown[], site: Error | undefined) => After,
  hasSite = false,
): () => void {
  let isQuiet = false;
  function look(this: Call, result: unknown, index: number) {
    // Made here, so that exactly one frame of its stack is ours.
    const site = hasSite && !index ? new Error() : undefined;
    if (!index && !isQuiet) this[3] = attempt(() => before(this[1], this[2], site));
    const call = index ? index < 2 && attempt(() => this[3]?.(result)) : this;
    // Last: what runs in `before` may be watched too. And nothing of the page is kept alive.
    next.length = 0;
    Object.assign(next, call);
    return !call;
  }
  const { call } = Function.prototype;
  const step = { get: Reflect.apply.bind(null, Reflect.apply, null, next) };
  steps ??= Object.defineProperties([], { 1: step, 2: step });
  const handler = Object.assign(call.bind(steps.find.bind(steps, look as never) as Method), { apply: call });
  const undo = replace(target, name, (original) => new Proxy(original, { apply: new Proxy(original, handler) }));
  return () => {
    isQuiet = true;
    undo();
  };
}

/** Puts a proxy before `target[name]`. Whoever patched on top of it calls it: then it is not removed. */
function replace(target: object | undefined, name: string, toProxy: (original: Method) => Method): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(Object(target), name);
  const original = descriptor?.value as Method;
  if (typeof original !== 'function' || !descriptor?.configurable) return () => {};
  const proxy = toProxy(original);
  // What else the property is, it stays.
  const put = (value: Method) => Object.defineProperty(target, name, { value });
  originals.set(proxy, original);
  put(proxy);
  return () => (target as Record<string, unknown>)[name] === proxy && put(original);
}

/** `Function.prototype.toString` shows a Proxy without its name: of ours it shows the original. */
export const installToString = (): (() => void) =>
  replace(
    Function.prototype,
    'toString',
    (toString) =>
      new Proxy(toString, {
        apply: (_, self, args) => Reflect.apply(toString, originals.get(self as object) ?? self, args),
      }),
  );
