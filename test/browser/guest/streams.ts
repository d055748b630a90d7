import type { Uses } from './tools.ts';

export const streamUses: Uses = {
  'the class Request': ({ property }) => [property(window, 'Request'), Object.keys(Request.prototype).join()],
  'the class Response': ({ property }) => [property(window, 'Response'), Object.keys(Response.prototype).join()],
  'the classes Headers and AbortController': ({ property }) => [
    property(window, 'Headers'),
    property(window, 'AbortController'),
    property(AbortSignal, 'timeout'),
    property(AbortController.prototype, 'abort'),
  ],
  'methods of bodies': ({ property }) =>
    ['json', 'text', 'blob', 'arrayBuffer', 'formData', 'clone'].map((name) => property(Response.prototype, name)),
  'methods of Promise': ({ property }) => [
    property(Promise.prototype, 'then'),
    property(Promise.prototype, 'catch'),
    property(Promise.prototype, 'constructor'),
    property(Promise, Symbol.species),
  ],
  'a Request as input': async () => (await fetch(new Request('/echo', { method: 'PUT', body: 'x' }))).json(),
  'a Request and an init': async () =>
    (await fetch(new Request('/echo', { method: 'PUT', body: 'x' }), { method: 'POST', body: 'y' })).json(),
  'a Request is used up by fetch': async ({ outcome }) => {
    const request = new Request('/echo', { method: 'POST', body: 'x' });
    await fetch(request);
    return [request.bodyUsed, await outcome(() => fetch(request))];
  },
  'a Request without a body can be used again': async () => {
    const request = new Request('/json');
    return [(await fetch(request)).status, request.bodyUsed, (await fetch(request)).status];
  },
  'a Request is not read before fetch reads it': () => {
    const request = new Request('/echo', { method: 'POST', body: 'x' });
    const promise = fetch(request);
    promise.catch(() => {});
    return [request.bodyUsed, request.body === null || request.body?.locked];
  },
  'a Request that was read already': async ({ outcome }) => {
    const request = new Request('/echo', { method: 'POST', body: 'x' });
    await request.text();
    return outcome(() => fetch(request));
  },
  'a clone of a Request': async () => {
    const request = new Request('/echo', { method: 'POST', body: 'x' });
    const clone = request.clone();
    await fetch(request);
    return [request.bodyUsed, clone.bodyUsed, await (await fetch(clone)).json()];
  },
  'a subclass of Request': async () => {
    const seen: string[] = [];
    class Marked extends Request {
      override get cache() {
        return (seen.push('cache'), super.cache);
      }
      override clone() {
        return (seen.push('clone'), super.clone());
      }
    }
    return [(await fetch(new Marked('/json'))).status, seen];
  },
  'a Request out of an iframe': async () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const inner = (frame.contentWindow as Window & typeof globalThis).Request;
    const { status } = await fetch(new inner(`${location.origin}/json`));
    frame.remove();
    return status;
  },
  'a Request with a stream as body': async ({ outcome }) =>
    outcome(async () => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('x'));
          controller.close();
        },
      });
      const response = await fetch('/echo', { method: 'POST', body, duplex: 'half' } as RequestInit);
      return response.status;
    }),
  'a stream as body without duplex': ({ outcome }) =>
    outcome(() => fetch('/echo', { method: 'POST', body: new ReadableStream() }).then(({ status }) => status)),
  'the body of a Response is untouched': async () => {
    const response = await fetch('/json');
    return [response.bodyUsed, response.body?.locked, response.body instanceof ReadableStream];
  },
  'a body read twice': async ({ outcome }) => {
    const response = await fetch('/json');
    await response.text();
    return outcome(() => response.text());
  },
  'a body that is no JSON': ({ outcome }) => outcome(async () => (await fetch('/stream')).json()),
  'a clone of a Response': async () => {
    const response = await fetch('/json');
    return [await response.clone().text(), await response.text()];
  },
  'a body read in pieces': async () => {
    const reader = ((await fetch('/stream')).body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let text = '';
    for (let step = await reader.read(); !step.done; step = await reader.read()) text += decoder.decode(step.value);
    return text;
  },
  'a body through a TransformStream': async () => {
    const upper = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => controller.enqueue(chunk.map((byte) => (byte > 96 ? byte - 32 : byte))),
    });
    const body = ((await fetch('/stream')).body as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(upper as never);
    return new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>).text();
  },
  'a body teed': async () => {
    const [a, b] = ((await fetch('/stream')).body as ReadableStream).tee();
    return [await new Response(a).text(), await new Response(b).text()];
  },
  'a body cancelled': async () => {
    const body = (await fetch('/endless')).body as ReadableStream;
    await body.cancel('enough');
    return body.locked;
  },
  'a body that breaks off': ({ outcome }) => outcome(async () => (await fetch('/broken-body')).text()),
  'a body as Blob and as bytes': async () => {
    const blob = await (await fetch('/json')).blob();
    return [blob.size, blob.type, (await (await fetch('/json')).arrayBuffer()).byteLength];
  },
  'an aborted fetch': ({ outcome }) => {
    const controller = new AbortController();
    const done = outcome(() => fetch('/slow', { signal: controller.signal }));
    controller.abort();
    return done;
  },
  'a fetch aborted before it began': ({ outcome }) => outcome(() => fetch('/json', { signal: AbortSignal.abort() })),
  'a fetch aborted with a reason': async ({ show }) => {
    const controller = new AbortController();
    const reason = new RangeError('enough');
    const done = fetch('/slow', { signal: controller.signal }).catch((error: unknown) => error);
    controller.abort(reason);
    const error = await done;
    return [error === reason, show(error), controller.signal.reason === reason];
  },
  'a fetch aborted with a text': async ({ show }) => {
    const controller = new AbortController();
    const done = fetch('/slow', { signal: controller.signal }).catch((error: unknown) => error);
    controller.abort('enough');
    return show(await done);
  },
  'a fetch aborted with null': async ({ show }) => {
    const controller = new AbortController();
    const done = fetch('/slow', { signal: controller.signal }).catch((error: unknown) => ['rejected', error]);
    controller.abort(null);
    return show(await done);
  },
  'a fetch that times out': ({ outcome }) => outcome(() => fetch('/slow', { signal: AbortSignal.timeout(30) })),
  'a body aborted while it is read': async ({ outcome }) => {
    const controller = new AbortController();
    const response = await fetch('/endless', { signal: controller.signal });
    const done = outcome(() => response.text());
    controller.abort();
    return done;
  },
  'AbortSignal.any': ({ outcome }) => {
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(5_000)]);
    const done = outcome(() => fetch('/slow', { signal }));
    controller.abort();
    return done;
  },
  'an aborted fetch that nobody handles': ({ uncaught }) =>
    uncaught(() => {
      const controller = new AbortController();
      void fetch('/slow', { signal: controller.signal });
      controller.abort();
    }),
  'listeners of a signal': async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const seen: string[] = [];
    const add = signal.addEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => (seen.push(args[0]), add(...args));
    await fetch('/json', { signal });
    return [seen, signal.aborted, signal.onabort];
  },
  'a signal that is none': ({ outcome }) => outcome(() => fetch('/json', { signal: {} as AbortSignal })),
  'static answers': async () => [
    Response.error().type,
    Response.redirect('/x').status,
    await Response.json({ a: 1 }).json(),
  ],
  'the cache of the page': async () => {
    const { status } = await fetch('/json', { cache: 'no-store', referrerPolicy: 'no-referrer', priority: 'low' });
    return status;
  },
};
