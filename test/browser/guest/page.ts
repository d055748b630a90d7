import type { Uses } from './tools.ts';

type ConsoleMethod = 'log' | 'warn' | 'error' | 'info' | 'debug';

export const consoleUses: Uses = {
  'the descriptor of console': ({ property }) => property(window, 'console'),
  'the descriptors of its methods': ({ property }) =>
    ['log', 'info', 'warn', 'error', 'debug', 'trace', 'assert', 'group', 'table'].map((name) =>
      property(console, name),
    ),
  'its keys, in order': () => Object.keys(console),
  'its class': () => [String(console), Object.prototype.toString.call(console), Object.isExtensible(console)],
  'what each method returns': () =>
    (['log', 'info', 'warn', 'error', 'debug'] as ConsoleMethod[]).map((name) => String(console[name]('x'))),
  'methods as text, name and length': () =>
    (['log', 'warn', 'error'] as ConsoleMethod[]).map((name) => {
      const method = console[name];
      return [method.name, method.length, String(method), method.toString(), 'prototype' in method];
    }),
  'a method out of its object': ({ outcome }) => {
    const { log, error } = console;
    return outcome(() => [log('x'), error('y')].map(String));
  },
  'a method bound, called, applied': ({ outcome }) =>
    outcome(() =>
      [console.log.bind(console)('x'), console.log.call(null, 'x'), console.log.apply(undefined, ['x'])].map(String),
    ),
  'a method as a callback': () => ['a', 'b'].forEach(console.log),
  'a method as a promise handler': async () => String(await Promise.resolve('x').then(console.log)),
  'a method constructed': ({ outcome }) => outcome(() => Reflect.construct(console.log, [])),
  'getters of a logged object are not run': () => {
    let count = 0;
    console.log({
      get secret() {
        return ++count;
      },
    });
    return count;
  },
  'toString and toJSON of a logged object are not run': () => {
    let count = 0;
    console.log({ toString: () => ++count, toJSON: () => ++count, valueOf: () => ++count });
    return count;
  },
  'traps of a logged proxy': () => {
    const traps: string[] = [];
    const handler = new Proxy({}, { get: (_, name) => void traps.push(String(name)) });
    console.log(new Proxy({}, handler));
    return traps;
  },
  'a logged value that cannot be text': ({ outcome }) =>
    outcome(() => console.log(Object.create(null), Symbol('x'), 1n, Proxy.revocable({}, {}).proxy.constructor)),
  'a logged revoked proxy': ({ outcome }) => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return outcome(() => console.log(proxy));
  },
  'a format whose value throws': ({ outcome }) =>
    outcome(() =>
      console.log('%s %d', {
        toString() {
          throw new RangeError('no text');
        },
      }),
    ),
  'a logged error is what it was': ({ show }) => {
    const error = Object.freeze(new TypeError('kept'));
    console.error(error);
    return [show(error), Object.isFrozen(error)];
  },
  'a logged cycle': ({ outcome }) => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    return outcome(() => console.log(loop));
  },
  'no arguments and very many': ({ outcome }) =>
    outcome(() => [console.log(), Reflect.apply(console.log, console, Array(2000).fill('x'))].map(String)),
  'replaced by the page, and put back': () => {
    const { log } = console;
    const seen: unknown[] = [];
    console.log = (...args: unknown[]) => void seen.push(args);
    console.log('x', 1);
    console.log = log;
    console.log('y');
    return [seen, console.log === log];
  },
  'replaced by defineProperty': () => {
    const kept = Object.getOwnPropertyDescriptor(console, 'warn') as PropertyDescriptor;
    let count = 0;
    Object.defineProperty(console, 'warn', { configurable: true, get: () => () => ++count });
    console.warn('x');
    Object.defineProperty(console, 'warn', kept);
    return [count, Object.keys(kept)];
  },
  'a method in a method': ({ outcome }) =>
    outcome(() =>
      console.log(
        new (class {
          get [Symbol.toStringTag]() {
            return 'Tagged';
          }
        })(),
      ),
    ),
  'time, count, group, assert': ({ outcome }) =>
    outcome(() => {
      console.time('t');
      console.timeEnd('t');
      console.count('c');
      console.group('g');
      console.groupEnd();
      console.assert(true, 'never');
    }),
};

export const eventUses: Uses = {
  'addEventListener and its relatives': ({ property }) =>
    ['addEventListener', 'removeEventListener', 'dispatchEvent'].map((name) => property(EventTarget.prototype, name)),
  'no listeners on window as properties': () =>
    ['onerror', 'onunhandledrejection', 'onpagehide', 'onpageshow', 'onclick', 'onbeforeunload', 'onunload'].map(
      (name) => (window as unknown as Record<string, unknown>)[name],
    ),
  'timers and frames': ({ property }) =>
    ['setTimeout', 'setInterval', 'requestAnimationFrame', 'queueMicrotask', 'onerror'].map((name) =>
      property(window, name),
    ),
  'a listener is removed again': () => {
    let count = 0;
    const listener = () => ++count;
    document.body.addEventListener('click', listener);
    document.body.click();
    document.body.removeEventListener('click', listener);
    document.body.click();
    return count;
  },
  'this, currentTarget and phases of a click': () => {
    const button = document.body.appendChild(document.createElement('button'));
    const seen: unknown[] = [];
    const targets = { window, document, body: document.body, button };
    const stop = new AbortController();
    for (const [name, target] of Object.entries(targets))
      for (const capture of [true, false])
        target.addEventListener(
          'click',
          function (this: unknown, event: Event) {
            seen.push([name, event.eventPhase, this === target, event.defaultPrevented]);
          },
          { capture, signal: stop.signal },
        );
    button.click();
    stop.abort();
    button.remove();
    return seen;
  },
  'stopImmediatePropagation at the window': () => {
    const seen: string[] = [];
    const stop = new AbortController();
    const listen = (name: string, capture: boolean, run?: (event: Event) => void) =>
      addEventListener('click', (event) => (seen.push(name), run?.(event)), { capture, signal: stop.signal });
    listen('first', true, (event) => event.stopImmediatePropagation());
    listen('second', true);
    listen('third', false);
    document.body.click();
    stop.abort();
    return seen;
  },
  'preventDefault of a link': () => {
    const link = document.body.appendChild(document.createElement('a'));
    link.href = '#never';
    link.addEventListener('click', (event) => event.preventDefault(), { once: true });
    const stayed = !link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    link.remove();
    return [stayed, location.hash];
  },
  'an event out of a closed shadow tree': () => {
    const host = document.body.appendChild(document.createElement('div'));
    const inner = host.attachShadow({ mode: 'closed' }).appendChild(document.createElement('button'));
    const seen: unknown[] = [];
    addEventListener('click', (event) => seen.push(event.target === host, event.composedPath().length), { once: true });
    inner.click();
    host.remove();
    return seen;
  },
  'input in a form whose fields are named like methods': ({ uncaught }) =>
    uncaught(() => {
      const form = document.body.appendChild(document.createElement('form'));
      for (const name of ['closest', 'getAttribute', 'parentElement', 'localName', 'id']) {
        const input = form.appendChild(document.createElement('input'));
        input.name = name;
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
      form.dispatchEvent(new Event('input', { bubbles: true }));
      form.remove();
    }),
  'an event object of a click keeps nothing of others': () => {
    let keys: string[] = [];
    addEventListener('click', (event) => (keys = Reflect.ownKeys(event).map(String)), { once: true });
    document.body.click();
    return keys;
  },
  'an uncaught error': ({ uncaught, task }) =>
    uncaught(async () => {
      setTimeout(() => {
        throw new RangeError('uncaught');
      });
      await task(20);
    }),
  'uncaught values that are no errors': ({ uncaught }) =>
    uncaught(() => {
      for (const value of [null, undefined, 'text', 7, Object.create(null), Symbol('s')])
        setTimeout(() => {
          throw value;
        });
    }),
  'an uncaught error with throwing getters': ({ uncaught }) =>
    uncaught(() => {
      const error = new Error('hostile');
      const hostile = () => {
        throw new Error('getter');
      };
      for (const name of ['cause', 'stack']) Object.defineProperty(error, name, { get: hostile });
      setTimeout(() => {
        throw error;
      });
    }),
  'accessors of what is thrown, rejected and reported are not run': async ({ task }) => {
    const seen: string[] = [];
    const toTelling = (value: object) => {
      for (const name of ['name', 'message', 'stack', 'cause', 'errors', 'code', 'toJSON', 'fileName'])
        Object.defineProperty(value, name, { enumerable: true, get: () => void seen.push(name) });
      return value;
    };
    addEventListener('error', (event) => event.preventDefault(), { once: true });
    addEventListener('unhandledrejection', (event) => event.preventDefault(), { once: true });
    reportError(toTelling({}));
    void Promise.reject(toTelling({ code: 5 }));
    await task(20);
    return seen;
  },
  'onerror gets its five arguments, and true silences': async ({ show }) => {
    const seen: unknown[] = [];
    const error = new RangeError('for onerror');
    onerror = (...args) => (seen.push(args.length, args[4] === error, show(args[0])), true);
    let prevented: boolean | undefined;
    addEventListener('error', (event) => setTimeout(() => (prevented = event.defaultPrevented)), { once: true });
    setTimeout(() => {
      throw error;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    onerror = null;
    return [seen, prevented];
  },
  'an error thrown is the error that arrives, untouched': async () => {
    const error = Object.freeze(Object.assign(new Error('frozen'), { extra: 1 }));
    let arrived: unknown;
    addEventListener('error', (event) => ((arrived = event.error), event.preventDefault()), { once: true });
    setTimeout(() => {
      throw error;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    return [
      arrived === error,
      Reflect.ownKeys(error).filter((key) => !/stack|line|column|file|source/i.test(String(key))),
    ];
  },
  reportError: ({ uncaught }) => uncaught(() => reportError(new TypeError('reported'))),
  'a rejected promise, and one handled late': ({ uncaught, task }) =>
    uncaught(async () => {
      const late = Promise.reject(new Error('late'));
      void Promise.reject('never');
      await task(50);
      late.catch(() => {});
    }),
  'the promise of an unhandledrejection': async () => {
    const promise = Promise.reject(new Error('x'));
    const event = await new Promise<PromiseRejectionEvent>((resolve) => {
      addEventListener('unhandledrejection', (event) => (event.preventDefault(), resolve(event)), { once: true });
    });
    return event.promise === promise;
  },
  'an image that does not load': ({ uncaught }) =>
    uncaught(async () => {
      const image = new Image();
      document.body.append(image);
      const failed = new Promise((resolve) => (image.onerror = resolve));
      image.src = '/status?404';
      await failed;
      image.remove();
    }),
  'a script that does not load': async () => {
    const script = document.createElement('script');
    const type = await new Promise<string>((resolve) => {
      script.onload = script.onerror = (event) => resolve((event as Event).type);
      script.src = '/status?404';
      document.head.append(script);
    });
    script.remove();
    return type;
  },
  'a dynamic import that fails': async ({ show }) => {
    const path = '/status?404&module';
    const error = await import(path).catch((reason: unknown) => reason);
    return show(error);
  },
  'Error and its hooks': ({ property }) => [
    property(window, 'Error'),
    typeof Error.stackTraceLimit,
    Error.stackTraceLimit,
    property(Error, 'prepareStackTrace'),
    property(Error.prototype, 'toString'),
  ],
  'names on window that begin like ours': () =>
    Reflect.ownKeys(window)
      .map(String)
      .filter((name) => /^(__|_pf)/.test(name) && !/playwright|puppeteer|webdriver|^__(?:define|lookup)/i.test(name)),
  sendBeacon: ({ property }) => [
    property(Navigator.prototype, 'sendBeacon'),
    property(navigator, 'sendBeacon'),
    navigator.sendBeacon('/echo', 'x'),
  ],
  localStorage: ({ property, show }) => {
    localStorage.setItem('page', '1');
    const seen = [localStorage.getItem('page'), show(Object.keys(localStorage).filter((key) => key === 'page'))];
    localStorage.removeItem('page');
    return [seen, property(Storage.prototype, 'setItem'), property(window, 'localStorage')];
  },
};

export const historyUses: Uses = {
  'the methods of history': ({ property }) =>
    ['pushState', 'replaceState', 'back', 'go', 'state', 'scrollRestoration'].map((name) =>
      property(History.prototype, name),
    ),
  'nothing on the instance': () => [Reflect.ownKeys(history).map(String), String(history), history.constructor.name],
  'pushState and state': ({ show }) => {
    const length = history.length;
    const returned = history.pushState({ step: 1 }, '', '?step=1');
    const seen = [String(returned), show(history.state), location.search, history.length - length];
    history.replaceState({ step: 2 }, '', '?step=2');
    return [...seen, show(history.state), location.search];
  },
  'pushState to another origin': ({ outcome }) => outcome(() => history.pushState(null, '', 'https://example.com/')),
  'pushState of what cannot be cloned': ({ outcome }) => outcome(() => history.pushState(() => {}, '')),
  'pushState without arguments': ({ outcome }) =>
    outcome(() => (history as unknown as { pushState(): void }).pushState()),
  'pushState on something else': ({ outcome }) =>
    outcome(() => History.prototype.pushState.call({} as History, null, '')),
  'pushState raises neither popstate nor hashchange': async ({ task }) => {
    const seen: string[] = [];
    const stop = new AbortController();
    for (const type of ['popstate', 'hashchange'])
      addEventListener(type, () => seen.push(type), { signal: stop.signal });
    history.pushState(null, '', '#pushed');
    await task(50);
    stop.abort();
    return seen;
  },
  'back raises popstate with the state': async ({ show }) => {
    history.replaceState({ at: 'first' }, '', '?first');
    history.pushState({ at: 'second' }, '', '?second');
    const event = await new Promise<PopStateEvent>((resolve) => {
      addEventListener('popstate', resolve, { once: true });
      history.back();
    });
    return [show(event.state), location.search, event.isTrusted];
  },
  'a new hash raises popstate, then hashchange': async () => {
    const seen: string[] = [];
    await new Promise<void>((resolve) => {
      addEventListener('popstate', () => seen.push('popstate'), { once: true });
      addEventListener('hashchange', ({ newURL }) => (seen.push(new URL(newURL).hash), resolve()), { once: true });
      location.hash = 'changed';
    });
    return seen;
  },
  'the Navigation API': ({ property }) => {
    const { navigation } = window as { navigation?: object };
    return navigation
      ? [String(navigation), Reflect.ownKeys(navigation).map(String), property(window, 'navigation')]
      : 'none';
  },
  'a navigation intercepted by the page': async ({ task }) => {
    const { navigation } = window as {
      navigation?: EventTarget & { navigate(url: string): { finished: Promise<unknown> } };
    };
    if (!navigation) return 'none';
    const seen: string[] = [];
    navigation.addEventListener(
      'navigate',
      (event) => {
        seen.push('navigate');
        (event as Event & { intercept(options: object): void }).intercept({ handler: async () => task(10) });
      },
      { once: true },
    );
    await navigation.navigate('?intercepted').finished;
    return [seen, location.search];
  },
  'the page itself': ({ property }) => [
    property(document, 'location'),
    document.readyState,
    document.scripts.length - document.querySelectorAll('script[data-endpoint]').length,
    document.querySelectorAll('iframe').length,
    document.cookie,
  ],
};
