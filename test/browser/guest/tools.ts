/** What a use of the platform may lean on while it runs in the page. */
export interface Tools {
  /** Any value as JSON: an error with name, message and own keys, a descriptor, a promise, a DOM object by its class. */
  show(value: unknown): unknown;
  /** What came of it: the value, or the error. */
  outcome(run: () => unknown): Promise<unknown>;
  /** Everything about a property that code can see. */
  property(owner: object, name: PropertyKey): unknown;
  /** Unhandled rejections and uncaught errors while `run` is under way and 150 ms after. */
  uncaught(run: () => unknown): Promise<unknown[]>;
  /** Resolves after a task. */
  task(ms?: number): Promise<void>;
  /** Another origin, which answers `/cors` only. */
  other: string;
}

export type Use = (tools: Tools) => unknown;
export type Uses = Record<string, Use>;

/** Runs in the page: what it returns is all that the uses see of it. */
export function createTools(other: string): Tools {
  const brief = (text: string) =>
    text.replaceAll(location.origin, 'SITE').replaceAll(other, 'OTHER').replaceAll(location.pathname, '/PAGE');
  const show = (value: unknown, depth = 3): unknown => {
    if (typeof value === 'string') return brief(value);
    if (typeof value === 'function') return `function ${value.name}/${value.length}`;
    if (typeof value === 'symbol' || typeof value === 'bigint' || value === undefined) return String(value);
    if (value === null || typeof value !== 'object') return value;
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    if (value instanceof Error || value instanceof DOMException) {
      const { name, message } = value;
      const keys = Reflect.ownKeys(value).map(String);
      const more = 'code' in value ? { code: value.code } : {};
      return { error: name, message: brief(message), keys, class: value.constructor.name, ...more };
    }
    if (depth < 0) return kind;
    if (Array.isArray(value)) return value.map((each) => show(each, depth - 1));
    if (value instanceof Headers) return [...value].filter(([key]) => !/^(date|connection|keep-alive)$/.test(key));
    if (value instanceof Response) {
      const { status, ok, type, url, redirected, bodyUsed } = value;
      return { kind, status, ok, type, url: brief(url), redirected, bodyUsed };
    }
    if (kind !== 'Object') return kind;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, show(each, depth - 1)]));
  };
  const task = (ms = 0) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  return {
    show,
    task,
    other,
    async outcome(run) {
      try {
        return { value: show(await run()) };
      } catch (error) {
        return { thrown: show(error) };
      }
    },
    property(owner, name) {
      const found = Object.getOwnPropertyDescriptor(owner, name);
      if (!found) return 'none';
      const { value, get, set, ...flags } = found;
      const held = (typeof value === 'function' ? value : undefined) as { [key: string]: unknown } | undefined;
      return {
        ...flags,
        get: show(get),
        set: show(set),
        value: show(value),
        text: held ? `${held}` : '',
        // Their order is how Firefox came to them.
        keys: held ? Reflect.ownKeys(held).map(String).sort() : [],
        prototype: held ? Object.getPrototypeOf(held) === Function.prototype : true,
        at: Object.keys(owner).indexOf(String(name)) >= 0,
      };
    },
    async uncaught(run) {
      const seen: unknown[] = [];
      const onEvent = (event: Event) => {
        event.preventDefault();
        const { reason, error, message } = event as PromiseRejectionEvent & ErrorEvent;
        seen.push([event.type, event.isTrusted, show(event.type === 'error' ? (error ?? message) : reason)]);
      };
      const types = ['error', 'unhandledrejection', 'rejectionhandled'];
      types.forEach((type) => addEventListener(type, onEvent));
      await run();
      // A request that began later is over later: then those of `run` are.
      for (let i = 0; i < 2; i++) await fetch(`${other}/json`).catch(() => {});
      await task(150);
      types.forEach((type) => removeEventListener(type, onEvent));
      return seen;
    },
  };
}
