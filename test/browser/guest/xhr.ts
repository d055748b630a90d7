import type { Uses } from './tools.ts';

interface Exchange {
  xhr: XMLHttpRequest;
  events: string[];
}

declare global {
  /** Opens a request, logs its events, sends it and awaits its end. */
  function exchange(
    method: string,
    url: string,
    prepare?: (xhr: XMLHttpRequest) => unknown,
    body?: XMLHttpRequestBodyInit,
  ): Promise<Exchange>;
}

/** Runs in the page before the uses. */
export function prepareXhr(): void {
  globalThis.exchange = (method, url, prepare, body) =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      const events: string[] = [];
      const types = ['loadstart', 'progress', 'load', 'error', 'abort', 'timeout', 'loadend', 'readystatechange'];
      for (const type of types) {
        xhr.addEventListener(type, ({ isTrusted }) => {
          const name = `${type}${type === 'readystatechange' ? xhr.readyState : ''}${isTrusted ? '' : '!'}`;
          // How many pieces a body comes in is the network's choice.
          if (events.at(-1) !== name && type !== 'progress') events.push(name);
          if (type === 'loadend') setTimeout(() => resolve({ xhr, events }));
        });
      }
      xhr.open(method, url);
      prepare?.(xhr);
      xhr.send(body);
    });
}

export const xhrUses: Uses = {
  'the class XMLHttpRequest': ({ property }) => property(window, 'XMLHttpRequest'),
  'the members of its prototype': ({ property }) =>
    ['open', 'send', 'abort', 'setRequestHeader', 'getResponseHeader', 'overrideMimeType', 'status'].map((name) =>
      property(XMLHttpRequest.prototype, name),
    ),
  'the keys of its prototype, in order': () => [
    Object.keys(XMLHttpRequest.prototype),
    Reflect.ownKeys(XMLHttpRequest.prototype).map(String),
    Object.keys(XMLHttpRequestEventTarget.prototype),
  ],
  'constants and class': () => [
    XMLHttpRequest.DONE,
    new XMLHttpRequest().DONE,
    String(XMLHttpRequest),
    XMLHttpRequest.prototype.open.toString(),
    XMLHttpRequest.prototype.send + '',
    XMLHttpRequest.prototype.open.length,
    XMLHttpRequest.prototype.send.name,
  ],
  'an instance': () => {
    const xhr = new XMLHttpRequest();
    return [
      xhr instanceof XMLHttpRequest,
      xhr.constructor === XMLHttpRequest,
      Reflect.ownKeys(xhr),
      xhr.open === XMLHttpRequest.prototype.open,
      xhr.readyState,
      xhr.onload,
      xhr.upload.onprogress,
      String(xhr),
    ];
  },
  'without new': ({ outcome }) => outcome(() => (XMLHttpRequest as unknown as () => unknown)()),
  'a GET': async () => {
    const { xhr, events } = await exchange('GET', '/json');
    return [xhr.status, xhr.statusText, xhr.responseText, xhr.responseType, events];
  },
  'a POST of text': async () => {
    const { xhr } = await exchange('POST', '/echo', undefined, 'täxt');
    return JSON.parse(xhr.responseText);
  },
  'a POST of FormData': async () => {
    const body = new FormData();
    body.set('a', '1');
    const { xhr } = await exchange('POST', '/echo', undefined, body);
    return JSON.parse(xhr.responseText).body.includes('name="a"');
  },
  'headers there and back': async () => {
    const { xhr } = await exchange('PUT', '/echo', (xhr) => xhr.setRequestHeader('x-test', 'a'), 'x');
    return [JSON.parse(xhr.responseText), xhr.getResponseHeader('content-type'), xhr.getResponseHeader('x-none')];
  },
  'status 404': async () => {
    const { xhr, events } = await exchange('GET', '/status?404');
    return [xhr.status, xhr.statusText, events];
  },
  'status 500': async () => {
    const { xhr, events } = await exchange('GET', '/status?500');
    return [xhr.status, xhr.responseText, events];
  },
  'a redirect': async ({ show }) => {
    const { xhr } = await exchange('GET', '/redirect');
    return [xhr.status, show(xhr.responseURL)];
  },
  'another origin that allows it': async ({ other }) => {
    const { xhr, events } = await exchange('GET', `${other}/cors`);
    return [xhr.status, events];
  },
  'another origin that allows no preflight is asked without one': async ({ other }) => {
    const { xhr, events } = await exchange('POST', `${other}/cors`, undefined, 'x');
    return [xhr.status, events];
  },
  'another origin that does not': async ({ other }) => {
    const { xhr, events } = await exchange('GET', `${other}/json`);
    return [xhr.status, xhr.statusText, xhr.responseText, events];
  },
  'a connection that is cut off': async () => {
    const { xhr, events } = await exchange('GET', '/cut');
    return [xhr.status, xhr.readyState, events];
  },
  'a body that breaks off': async () => {
    const { xhr, events } = await exchange('GET', '/broken-body');
    return [xhr.status, events.at(-2), events.at(-1)];
  },
  'a timeout': async () => {
    const { xhr, events } = await exchange('GET', '/slow', (xhr) => (xhr.timeout = 30));
    return [xhr.status, xhr.timeout, events];
  },
  'an abort': async () => {
    const { xhr, events } = await exchange('GET', '/slow', (xhr) => setTimeout(() => xhr.abort(), 20));
    return [xhr.status, xhr.readyState, events];
  },
  'an abort before send': () => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/json');
    xhr.abort();
    return [xhr.readyState, xhr.status];
  },
  'responseType json, blob, arraybuffer, document': async () => {
    const types = ['json', 'blob', 'arraybuffer', 'document'] as const;
    const all = await Promise.all(types.map((type) => exchange('GET', '/json', (xhr) => (xhr.responseType = type))));
    return all.map(({ xhr }) => Object.prototype.toString.call(xhr.response));
  },
  'responseText of a blob': async ({ outcome }) => {
    const { xhr } = await exchange('GET', '/json', (xhr) => (xhr.responseType = 'blob'));
    return outcome(() => xhr.responseText);
  },
  'send before open': ({ outcome }) => outcome(() => new XMLHttpRequest().send()),
  'open without arguments': ({ outcome }) =>
    outcome(() => (new XMLHttpRequest() as unknown as { open: () => void }).open()),
  'open of an invalid URL': ({ outcome }) => outcome(() => new XMLHttpRequest().open('GET', 'http://[')),
  'open of a forbidden method': ({ outcome }) => outcome(() => new XMLHttpRequest().open('TRACE', '/json')),
  'open on something else': ({ outcome }) =>
    outcome(() => Reflect.apply(XMLHttpRequest.prototype.open, {}, ['GET', '/json'])),
  'send on something else': ({ outcome }) => outcome(() => XMLHttpRequest.prototype.send.call({} as XMLHttpRequest)),
  'open returns nothing, send neither': () => {
    const xhr = new XMLHttpRequest();
    const returned = [xhr.open('GET', '/json') as unknown, xhr.send() as unknown];
    xhr.abort();
    return returned.map(String);
  },
  'a URL whose toString is counted': async () => {
    let count = 0;
    const url = { toString: () => (count++, '/json') } as unknown as URL;
    const xhr = new XMLHttpRequest();
    xhr.open('GET', url);
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
      xhr.send();
    });
    return [count, xhr.status];
  },
  'a method whose toString is counted': async () => {
    let count = 0;
    const xhr = new XMLHttpRequest();
    xhr.open({ toString: () => (count++, 'GET') } as unknown as string, '/json');
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
      xhr.send();
    });
    return [count, xhr.status];
  },
  'five arguments': async () => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/json', true, 'user', 'secret');
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
      xhr.send();
    });
    return xhr.status;
  },
  'one object for two requests': async () => {
    const xhr = new XMLHttpRequest();
    const seen: unknown[] = [];
    for (const url of ['/json', '/status?404']) {
      await new Promise((resolve) => {
        xhr.onloadend = resolve;
        xhr.open('GET', url);
        xhr.send();
      });
      seen.push(xhr.status, xhr.readyState);
    }
    return seen;
  },
  'open again while one is under way': async () => {
    const xhr = new XMLHttpRequest();
    const seen: string[] = [];
    for (const type of ['abort', 'loadend', 'load', 'error']) xhr.addEventListener(type, () => seen.push(type));
    xhr.open('GET', '/slow');
    xhr.send();
    xhr.open('GET', '/json');
    await new Promise((resolve) => {
      xhr.addEventListener('loadend', resolve);
      xhr.send();
    });
    return [seen, xhr.status];
  },
  'a request begun in its own load': async () => {
    const statuses: number[] = [];
    await new Promise<void>((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.onload = () => {
        statuses.push(xhr.status);
        if (statuses.length === 2) return resolve();
        xhr.open('GET', '/status?404');
        xhr.send();
      };
      xhr.open('GET', '/json');
      xhr.send();
    });
    return statuses;
  },
  'a synchronous GET': () => {
    const xhr = new XMLHttpRequest();
    const seen: unknown[] = [];
    xhr.onreadystatechange = () => seen.push(xhr.readyState);
    for (const type of ['load', 'loadend', 'progress']) xhr.addEventListener(type, () => seen.push(type));
    xhr.open('GET', '/json', false);
    xhr.send();
    return [xhr.status, xhr.responseText, seen];
  },
  'a synchronous POST': () => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', '/echo', false);
    xhr.send('x');
    return JSON.parse(xhr.responseText);
  },
  'a synchronous request that fails': ({ outcome, other }) =>
    outcome(() => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', `${other}/json`, false);
      xhr.send();
      return xhr.status;
    }),
  'a synchronous request that is cut off': ({ outcome }) =>
    outcome(() => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', '/cut', false);
      xhr.send();
      return xhr.status;
    }),
  'a synchronous 500': () => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/status?500', false);
    xhr.send();
    return [xhr.status, xhr.readyState];
  },
  'a synchronous request with a responseType': ({ outcome }) =>
    outcome(() => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', '/json', false);
      xhr.responseType = 'json';
    }),
  'handlers set as properties, in their order': async () => {
    const order: string[] = [];
    const xhr = new XMLHttpRequest();
    await new Promise<void>((resolve) => {
      xhr.open('GET', '/json');
      xhr.addEventListener('loadend', () => order.push('a'));
      xhr.onloadend = () => order.push('b');
      xhr.send();
      xhr.addEventListener('loadend', () => (order.push('c'), resolve()));
    });
    return order;
  },
  'stopImmediatePropagation of the page': async () => {
    const order: string[] = [];
    const xhr = new XMLHttpRequest();
    await new Promise<void>((resolve) => {
      xhr.open('GET', '/json');
      xhr.addEventListener('loadend', (event) => {
        order.push('a');
        event.stopImmediatePropagation();
        resolve();
      });
      xhr.addEventListener('loadend', () => order.push('b'));
      xhr.send();
    });
    return order;
  },
  'an error in a handler': ({ uncaught }) =>
    uncaught(async () => {
      const xhr = new XMLHttpRequest();
      await new Promise((resolve) => {
        xhr.open('GET', '/json');
        xhr.onload = () => {
          throw new RangeError('in load');
        };
        xhr.onloadend = resolve;
        xhr.send();
      });
    }),
  'upload events': async () => {
    const events: string[] = [];
    await exchange(
      'POST',
      '/echo',
      (xhr) =>
        ['loadstart', 'load', 'loadend'].map((type) => xhr.upload.addEventListener(type, () => events.push(type))),
      'x'.repeat(1000),
    );
    return events;
  },
  'a subclass': async () => {
    class Marked extends XMLHttpRequest {
      calls: string[] = [];
      override open(method: string, url: string | URL) {
        this.calls.push('open');
        super.open(method, url, true);
      }
      override send(body?: XMLHttpRequestBodyInit) {
        this.calls.push('send');
        super.send(body);
      }
    }
    const xhr = new Marked();
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
      xhr.open('GET', '/json');
      xhr.send();
    });
    return [xhr.calls, xhr.status, xhr instanceof XMLHttpRequest];
  },
  'methods patched by the page and put back': async () => {
    const { open } = XMLHttpRequest.prototype;
    const seen: unknown[] = [];
    XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...args: unknown[]) {
      seen.push(args);
      return Reflect.apply(open, this, args);
    };
    const { xhr } = await exchange('GET', '/json');
    XMLHttpRequest.prototype.open = open;
    return [seen, xhr.status, XMLHttpRequest.prototype.open === open];
  },
  'a method read out of its object': ({ outcome }) => {
    const { open } = new XMLHttpRequest();
    return outcome(() => Reflect.apply(open, undefined, ['GET', '/json']));
  },
  withCredentials: async ({ other }) => {
    const { xhr, events } = await exchange('GET', `${other}/cors`, (xhr) => (xhr.withCredentials = true));
    return [xhr.status, events];
  },
};
