import type { Tools, Use, Uses } from './tools.ts';

/** What the reporter watches: each as owner and name. */
type Watched = [owner: () => object, name: string];

const watched: Record<string, Watched> = {
  fetch: [() => window, 'fetch'],
  'XMLHttpRequest.prototype.open': [() => XMLHttpRequest.prototype, 'open'],
  'XMLHttpRequest.prototype.send': [() => XMLHttpRequest.prototype, 'send'],
  'console.log': [() => console, 'log'],
  'console.error': [() => console, 'error'],
  'Function.prototype.toString': [() => Function.prototype, 'toString'],
};

/** The same looks at each; `get` stands for it in their text, because they travel as text. */
const looks: Record<string, (get: () => (...args: unknown[]) => unknown, tools: Tools) => unknown> = {
  'as text, by whatever function': (get) => {
    const method = get();
    return [
      Function.prototype.toString.call(method),
      Reflect.apply(Function.prototype.toString, method, []),
      method.toString(),
      `${method}`,
      [method].join(),
      method.toString === Function.prototype.toString,
      Object.prototype.toString.call(method),
    ];
  },
  'is native by the test of lodash': (get) => {
    const text = Function.prototype.toString
      .call(Object.prototype.hasOwnProperty)
      .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
      .replace(/hasOwnProperty|(function).*?(?=\\\()/g, '$1.*?');
    return new RegExp(`^${text}$`).test(Function.prototype.toString.call(get()));
  },
  'its own keys and their descriptors': (get) => {
    const method = get();
    const keys = Reflect.ownKeys(method).map(String).sort();
    return keys.map((key) => [key, String(JSON.stringify(Object.getOwnPropertyDescriptor(method, key)))]);
  },
  'what it inherits': (get) => {
    const method = get();
    return [
      Object.getPrototypeOf(method) === Function.prototype,
      method instanceof Function,
      method instanceof Object,
      method.constructor === Function,
      method.call === Function.prototype.call,
      method.bind === Function.prototype.bind,
      Object.hasOwn(method, 'toString'),
      'prototype' in method,
      'caller' in method,
      'arguments' in method,
    ];
  },
  'read once is read again': (get) => get() === get(),
  'properties of the page': (get) => {
    const method = get() as unknown as Record<string, unknown>;
    Object.defineProperty(method, 'mark', { configurable: true, value: 1 });
    const seen = [method['mark'], Reflect.ownKeys(method).includes('mark'), Object.isExtensible(method)];
    return [...seen, Reflect.deleteProperty(method, 'mark'), 'mark' in method];
  },
  'as a constructor, and extended': async (get, { outcome }) => {
    const Method = get() as unknown as new () => object;
    return [
      await outcome(() => new Method()),
      await outcome(() => Reflect.construct(Object, [], Method)),
      await outcome(() => class extends Method {}),
      await outcome(() => ({}) instanceof Method),
    ];
  },
  'its caller and arguments': async (get, { outcome }) => {
    const method = get() as unknown as { caller: unknown; arguments: unknown };
    const seen = [await outcome(() => method.caller), await outcome(() => method.arguments)];
    // Firefox calls a Proxy a Proxy in the message.
    return JSON.stringify(seen).replaceAll(/"message":"[^"]*"/g, '');
  },
  'as a key, cloned and compared': async (get, { outcome }) => {
    const method = get();
    return [
      new Map([[method, 1]]).get(get()),
      new Set([method, get()]).size,
      // Firefox calls a Proxy a Proxy in the message.
      JSON.stringify(await outcome(() => structuredClone(method))).replace(/"message":"[^"]*"/, ''),
      JSON.stringify({ method }),
    ];
  },
};

const ofEach: Uses = {};
for (const [title, [owner, name]] of Object.entries(watched))
  for (const [what, look] of Object.entries(looks))
    ofEach[`${title}: ${what}`] = {
      toString: () => `(tools) => (${String(look)})(() => (${String(owner)})().${name}, tools)`,
    } as unknown as Use;

export const reflectionUses: Uses = {
  ...ofEach,
  'all keys of the window': () =>
    Reflect.ownKeys(window)
      .map(String)
      .filter((key) => !/^(pagefault.*|__.*|axios|ky|\d+)$/.test(key))
      .sort(),
  'all keys of what is watched': () =>
    [XMLHttpRequest, XMLHttpRequest.prototype, console, history, navigator, document, Function.prototype, Promise].map(
      (each) =>
        Reflect.ownKeys(each)
          .map(String)
          .filter((key) => !/^__/.test(key)),
    ),
  'all descriptors of prototypes': ({ property }) =>
    [
      XMLHttpRequest.prototype,
      EventTarget.prototype,
      Promise.prototype,
      Function.prototype,
      Object.prototype,
      Array.prototype,
      Error.prototype,
      History.prototype,
      Storage.prototype,
      Response.prototype,
      Request.prototype,
    ].map((each) =>
      Reflect.ownKeys(each)
        .filter((key) => key !== 'caller' && key !== 'arguments')
        .map((key) => [String(key), property(each, key)]),
    ),
  'a promise of fetch, before anybody touches it': () => {
    const promise = fetch('/json');
    return [
      Reflect.ownKeys(promise),
      Object.hasOwn(promise, 'constructor'),
      Object.getPrototypeOf(promise) === Promise.prototype,
      Object.isExtensible(promise),
      JSON.stringify(promise),
      Object.prototype.toString.call(promise),
    ];
  },
  'promises of fetch that fail at once, before anybody touches them': () =>
    [fetch('http://['), fetch('/json', { signal: AbortSignal.abort() }), fetch('/json', { body: 'x' })].map(
      (promise) => {
        const seen = [Reflect.ownKeys(promise), Object.getPrototypeOf(promise) === Promise.prototype];
        promise.catch(() => {});
        return seen;
      },
    ),
  'a promise of fetch takes properties of the page': async () => {
    const promise = Object.assign(fetch('/json'), { status: 'pending' });
    const { status } = await promise;
    return [Object.keys(promise), promise.status, status];
  },
  'a frozen promise of fetch': async () => (await Object.freeze(fetch('/json'))).status,
  'Promise with a then of the page': async () => {
    const { then } = Promise.prototype;
    let count = 0;
    Promise.prototype.then = function (this: Promise<unknown>, ...args: unknown[]) {
      count++;
      return Reflect.apply(then, this, args);
    } as typeof then;
    const promise = fetch('/json');
    const seen = [count];
    promise.then(() => {});
    Promise.prototype.then = then;
    await promise;
    return [count - (seen[0] as number), promise instanceof Promise];
  },
  'a subclass of Promise that resolves with fetch': async () => {
    class Own<T> extends Promise<T> {}
    const own = Own.resolve(fetch('/json'));
    return [own instanceof Own, (await own).status, (await own.then(({ status }) => status)) === 200];
  },
  'an error of a call has the stack of the page': async () => {
    // The engine's own functions aside, of which one more is under way.
    const framesOf = (error: unknown) =>
      String((error as Error).stack)
        .split('\n')
        .filter((line) => /:\d+:\d+/.test(line))
        .map((line) => line.replace(/.*[/@]([^/]*?)(:\d+)+\)?$/, '$1'));
    const stacks: unknown[] = [];
    const note = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        stacks.push(framesOf(error));
      }
    };
    note(() => Reflect.apply(XMLHttpRequest.prototype.open, {}, ['GET', '/']));
    note(() => new XMLHttpRequest().open('GET', 'http://['));
    note(() => new XMLHttpRequest().send());
    note(() => Reflect.apply(XMLHttpRequest.prototype.open, new XMLHttpRequest(), []));
    const reasons = await Promise.all(
      [(fetch as unknown as () => Promise<unknown>)(), fetch('http://['), fetch.call({} as Window, '/json')].map(
        (promise) => promise.catch((reason: unknown) => reason),
      ),
    );
    return [stacks, reasons.map(framesOf)];
  },
  'the realm of an iframe': ({ property, show }) => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const inner = frame.contentWindow as Window & typeof globalThis;
    const text = inner.Function.prototype.toString;
    const seen = [
      property(inner, 'fetch'),
      property(inner.XMLHttpRequest.prototype, 'open'),
      property(inner.console, 'log'),
      Reflect.ownKeys(inner.Function.prototype).map(String),
      // The name that another realm's function shows for a Proxy is the engine's choice.
      /native code/.test(text.call(fetch)),
      inner.fetch.constructor === inner.Function,
      show(inner.Object.getOwnPropertyNames(inner.XMLHttpRequest.prototype)),
    ];
    frame.remove();
    return seen;
  },
  "fetch and XMLHttpRequest with an iframe's window as this": async ({ outcome }) => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const inner = frame.contentWindow as Window & typeof globalThis;
    const seen = await outcome(async () => {
      const promise = fetch.call(inner, '/json');
      const { status } = await promise;
      const xhr = new inner.XMLHttpRequest();
      XMLHttpRequest.prototype.open.call(xhr, 'GET', '/json', false);
      XMLHttpRequest.prototype.send.call(xhr);
      return [status, xhr.status, promise instanceof Promise, promise instanceof inner.Promise];
    });
    frame.remove();
    return seen;
  },
  'fetch of an iframe that is gone': ({ outcome }) => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const inner = frame.contentWindow as Window & typeof globalThis;
    frame.remove();
    return outcome(() => Promise.race([inner.fetch('/json'), new Promise((done) => setTimeout(done, 50, 'silent'))]));
  },
  'what JSON, for-in and Object.entries see': () => [
    JSON.stringify(console),
    JSON.stringify(new XMLHttpRequest()),
    Object.entries(XMLHttpRequest.prototype.constructor),
    (() => {
      const keys = [];
      for (const key in new XMLHttpRequest()) keys.push(key);
      return keys;
    })(),
  ],
};
