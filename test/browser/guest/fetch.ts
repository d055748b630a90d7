import type { Uses } from './tools.ts';

export const fetchUses: Uses = {
  'the descriptor of fetch': ({ property }) => property(window, 'fetch'),
  'fetch is its own value, name and length': () => [fetch === window.fetch, fetch.name, fetch.length, typeof fetch],
  'fetch as text': () => [fetch.toString(), String(fetch), `${fetch}`, fetch + ''],
  'fetch has no prototype and cannot be constructed': ({ outcome }) =>
    outcome(() => ['prototype' in fetch, Reflect.construct(fetch as unknown as new () => object, [])]),
  'fetch takes properties of the page': () => {
    const own = fetch as unknown as Record<string, unknown>;
    own['mark'] = 1;
    const seen = [own['mark'], Object.keys(fetch), 'mark' in fetch];
    delete own['mark'];
    return [...seen, Object.keys(fetch)];
  },
  'fetch bound, called and applied': async ({ show }) => [
    show(await fetch.call(window, '/json')),
    show(await fetch.apply(undefined, ['/json'])),
    show(await fetch.bind(null)('/json')),
    show(await Reflect.apply(fetch, window, ['/json'])),
    fetch.bind(null).name,
  ],
  'fetch as a method of something else': ({ outcome }) => outcome(() => ({ get: fetch }).get('/json')),
  'fetch replaced and put back': async () => {
    const before = window.fetch;
    const calls: unknown[] = [];
    window.fetch = (...args) => (calls.push(args), before(...args));
    const { status } = await fetch('/json');
    window.fetch = before;
    return [status, calls, window.fetch === before];
  },
  'a plain GET': async ({ show }) => show(await fetch('/json')),
  'JSON of a GET': async () => (await fetch('/json')).json(),
  'text of a GET': async () => (await fetch('/json')).text(),
  'a URL object': async () => (await fetch(new URL('/echo?a=1', location.href))).json(),
  'the location as input': async () =>
    (await fetch(location as unknown as string, { method: 'HEAD' })).url === location.href,
  'an input whose toString is counted': async () => {
    let count = 0;
    const input = { toString: () => (count++, '/echo?counted') };
    const { status } = await fetch(input as unknown as string);
    return [count, status];
  },
  'an init whose getters are counted': async () => {
    const seen: string[] = [];
    const init = {
      get method() {
        return (seen.push('method'), 'PUT');
      },
      get body() {
        return (seen.push('body'), 'x');
      },
      get headers() {
        return (seen.push('headers'), { 'x-test': '1' });
      },
    };
    return [(await (await fetch('/echo', init)).json()).method, seen];
  },
  'an init that throws when read': ({ outcome }) =>
    outcome(() =>
      fetch('/echo', {
        get method(): string {
          throw new RangeError('no method');
        },
      }),
    ),
  'an init that is frozen': async () => (await fetch('/echo', Object.freeze({ method: 'POST', body: 'x' }))).json(),
  'an init with a prototype': async () => (await fetch('/echo', Object.create({ method: 'DELETE' }))).json(),
  'null and undefined as init': async () => [
    (await fetch('/json', undefined)).status,
    (await fetch('/json', null as unknown as undefined)).status,
  ],
  'no arguments': ({ outcome }) => outcome(() => (fetch as unknown as () => unknown)()),
  'a symbol as input': ({ outcome }) => outcome(() => fetch(Symbol('x') as unknown as string)),
  'null as input': async ({ show }) => show(await fetch(null as unknown as string)),
  'an invalid URL': ({ outcome }) => outcome(() => fetch('http://[')),
  'credentials in the URL': ({ outcome }) => outcome(() => fetch('http://user:pass@127.0.0.1/')),
  'an unknown scheme': ({ outcome }) => outcome(() => fetch('nothing:here')),
  'a data URL': async () => (await fetch('data:text/plain,hello')).text(),
  'a blob URL': async () => {
    const url = URL.createObjectURL(new Blob(['hello']));
    const text = await (await fetch(url)).text();
    URL.revokeObjectURL(url);
    return text;
  },
  'a revoked blob URL': ({ outcome }) => {
    const url = URL.createObjectURL(new Blob(['hello']));
    URL.revokeObjectURL(url);
    return outcome(() => fetch(url));
  },
  'a method that is forbidden': ({ outcome }) => outcome(() => fetch('/echo', { method: 'TRACE' })),
  'a lower-case method': async () => (await (await fetch('/echo', { method: 'post', body: 'x' })).json()).method,
  'a custom method': async () => (await (await fetch('/echo', { method: 'REPORT' })).json()).method,
  'a body on a GET': ({ outcome }) => outcome(() => fetch('/echo', { body: 'x' })),
  'a POST of text': async () => (await fetch('/echo', { method: 'POST', body: 'täxt' })).json(),
  'a POST of FormData': async () => {
    const body = new FormData();
    body.set('a', '1');
    const sent = (await (await fetch('/echo', { method: 'POST', body })).json()) as { body: string; type: string };
    return [sent.body.includes('name="a"'), sent.type.split(';')[0]];
  },
  'a POST of URLSearchParams': async () =>
    (await fetch('/echo', { method: 'POST', body: new URLSearchParams({ a: '1' }) })).json(),
  'a POST of a typed Blob': async () =>
    (await fetch('/echo', { method: 'POST', body: new Blob(['x'], { type: 'image/x' }) })).json(),
  'a POST of bytes': async () => (await fetch('/echo', { method: 'POST', body: new Uint8Array([104, 105]) })).json(),
  'a POST with keepalive': async () => (await fetch('/echo', { method: 'POST', body: 'x', keepalive: true })).json(),
  'headers of the page': async () => (await fetch('/echo', { headers: { 'x-test': 'a', 'X-Other': 'b' } })).json(),
  'headers that cannot be': ({ outcome }) => outcome(() => fetch('/echo', { headers: { 'a b': 'x' } })),
  'status 404': async ({ show }) => show(await fetch('/status?404')),
  'status 500': async ({ show }) => show(await fetch('/status?500')),
  'status 204 and its body': async () => {
    const response = await fetch('/status?204');
    return [response.status, response.body, await response.text()];
  },
  'a redirect followed': async ({ show }) => show(await fetch('/redirect')),
  'a redirect as an error': ({ outcome }) => outcome(() => fetch('/redirect', { redirect: 'error' })),
  'a redirect by hand': async ({ show }) => show(await fetch('/redirect', { redirect: 'manual' })),
  'another origin that allows it': async ({ show, other }) => show(await fetch(`${other}/cors`)),
  'another origin that does not': ({ outcome, other }) => outcome(() => fetch(`${other}/json`)),
  'another origin without CORS': async ({ show, other }) => show(await fetch(`${other}/json`, { mode: 'no-cors' })),
  'a connection that is cut off': ({ outcome }) => outcome(() => fetch('/cut')),
  'a mode that does not exist': ({ outcome }) => outcome(() => fetch('/json', { mode: 'x' as RequestMode })),
  'integrity that does not hold': ({ outcome }) =>
    outcome(() => fetch('/json', { integrity: 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' })),
  'what is returned is a promise and nothing more': () => {
    const promise = fetch('/json');
    promise.catch(() => {});
    return [
      promise instanceof Promise,
      promise.constructor === Promise,
      Object.getPrototypeOf(promise) === Promise.prototype,
      Reflect.ownKeys(promise),
      String(promise),
      promise === Promise.resolve(promise),
    ];
  },
  'two calls are two promises': () => fetch('/json') === fetch('/json'),
  'a failed fetch that nobody handles is an unhandled rejection': ({ uncaught, other }) =>
    uncaught(() => void fetch(`${other}/json`)),
  'an invalid fetch that nobody handles is an unhandled rejection': ({ uncaught }) =>
    uncaught(() => void fetch('http://[')),
  'a then without a catch is one unhandled rejection': ({ uncaught, other }) =>
    uncaught(() => void fetch(`${other}/json`).then(() => {})),
  'an await without a catch is one unhandled rejection': ({ uncaught, other }) =>
    uncaught(() => {
      void (async () => await fetch(`${other}/json`))();
    }),
  'a failed fetch that is caught is none': ({ uncaught, other }) =>
    uncaught(() => void fetch(`${other}/json`).catch(() => {})),
  'a failed fetch in Promise.all': ({ uncaught, other }) =>
    uncaught(() => Promise.all([fetch(`${other}/json`), fetch('/json')]).catch(() => {})),
  'a failed fetch in Promise.allSettled': async ({ show, other }) =>
    show(await Promise.allSettled([fetch(`${other}/json`), fetch('/json')])),
  'a failed fetch given on by an async function': ({ uncaught, other }) =>
    uncaught(() => (async () => fetch(`${other}/json`))().catch(() => {})),
  'a failed fetch handled late is first unhandled, then handled': ({ uncaught, task }) =>
    uncaught(async () => {
      const promise = fetch('http://[');
      await task(60);
      promise.catch(() => {});
    }),
  'a rejection comes in the order of microtasks': async () => {
    const order: string[] = [];
    fetch('http://[').catch(() => order.push('fetch'));
    Promise.resolve().then(() => order.push('first'), null);
    Promise.resolve()
      .then(() => {})
      .then(() => order.push('second'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    return order;
  },
  // Within the microtasks it is one later than without the reporter: this is the price of a promise without marks.
  'an abort is told after its event, before any task': async () => {
    const order: string[] = [];
    const controller = new AbortController();
    fetch('/slow', { signal: controller.signal }).catch(() => order.push('fetch'));
    controller.signal.addEventListener('abort', () => order.push('abort'));
    const { port1, port2 } = new MessageChannel();
    const posted = new Promise<void>((resolve) => {
      port1.onmessage = () => resolve(void order.push('task'));
    });
    controller.abort();
    order.push('sync');
    port2.postMessage('');
    await posted;
    port1.close();
    return order;
  },
  'a fetch aborted before it began comes in the order of microtasks': async () => {
    const order: string[] = [];
    fetch('/slow', { signal: AbortSignal.abort() }).catch(() => order.push('fetch'));
    Promise.resolve().then(() => order.push('first'), null);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return order;
  },
  'the promise of an unhandled fetch is the one that was returned': async () => {
    const seen: unknown[] = [];
    const stop = new AbortController();
    const promises = [fetch('/cut'), fetch('http://['), fetch('/cut', { signal: AbortSignal.abort() })];
    const listen = (type: string) =>
      addEventListener(
        type,
        (event) => {
          event.preventDefault();
          seen.push([type, promises.indexOf((event as PromiseRejectionEvent).promise as Promise<Response>)]);
        },
        { signal: stop.signal },
      );
    listen('unhandledrejection');
    for (let i = 0; i < 40 && seen.length < 3; i++) await new Promise((resolve) => setTimeout(resolve, 50));
    listen('rejectionhandled');
    promises.forEach((promise) => promise.catch(() => {}));
    await new Promise((resolve) => setTimeout(resolve, 100));
    stop.abort();
    return seen;
  },
  'finally and then on one promise': async () => {
    const order: string[] = [];
    const promise = fetch('/json');
    await Promise.all([
      promise.then(() => order.push('a')),
      promise.finally(() => order.push('b')),
      promise.then(() => order.push('c')),
    ]);
    return order;
  },
  'the error object is what it was': async ({ show, other }) => {
    const error = await fetch(`${other}/json`).catch((reason: unknown) => reason);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return [show(error), Object.isExtensible(error), Object.isFrozen(error), error instanceof TypeError];
  },
  'one error object for two readers': async ({ other }) => {
    const promise = fetch(`${other}/json`);
    const [a, b] = await Promise.all([promise.catch((x: unknown) => x), promise.catch((x: unknown) => x)]);
    return a === b;
  },
  'fetch of an iframe': async ({ show }) => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const inner = (frame.contentWindow as Window & typeof globalThis).fetch;
    const seen = [inner === fetch, inner.name, inner.toString() === fetch.toString(), show(await inner('/json'))];
    frame.remove();
    return seen;
  },
};
