import type { AxiosStatic } from 'axios';
import type { KyInstance } from 'ky';
import type { Uses } from './tools.ts';

declare global {
  interface Window {
    axios: AxiosStatic;
    ky: KyInstance;
  }
}

const axiosUses: Uses = {
  'axios: a GET': async () => {
    const { data, status } = await window.axios.get('/json');
    return [data, status];
  },
  'axios: a POST of an object': async () => (await window.axios.post('/echo', { a: 1 })).data,
  'axios: parameters and headers': async () =>
    (await window.axios.get('/echo', { params: { q: [1, 2] }, headers: { 'x-test': '1' } })).data,
  'axios: a 404 is its error': async ({ show }) => {
    const error = await window.axios.get('/status?404').catch((reason: unknown) => reason);
    return [show(error), window.axios.isAxiosError(error)];
  },
  'axios: a 500 with its own rule': async () =>
    (await window.axios.get('/status?500', { validateStatus: () => true })).status,
  'axios: a connection that is cut off': ({ outcome }) => outcome(() => window.axios.get('/cut')),
  'axios: a timeout': ({ outcome }) => outcome(() => window.axios.get('/slow', { timeout: 30 })),
  'axios: an abort': ({ outcome }) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    return outcome(() => window.axios.get('/slow', { signal: controller.signal }));
  },
  'axios: interceptors in their order': async () => {
    const order: string[] = [];
    const instance = window.axios.create();
    instance.interceptors.request.use((config) => (order.push('request'), config));
    instance.interceptors.response.use((response) => (order.push('response'), response));
    await instance.get('/json');
    return order;
  },
  'axios: a blob': async () => (await window.axios.get('/json', { responseType: 'blob' })).data.size,
  'axios: progress is told': async () => {
    let loaded = 0;
    await window.axios.get('/stream', { onDownloadProgress: (event) => (loaded = event.loaded) });
    return loaded;
  },
  'axios: by its fetch adapter': async () => (await window.axios.post('/echo', { a: 1 }, { adapter: 'fetch' })).data,
  'axios: a 404 by its fetch adapter': ({ outcome }) =>
    outcome(() => window.axios.get('/status?404', { adapter: 'fetch' })),
  'axios: an abort by its fetch adapter': ({ outcome }) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    return outcome(() => window.axios.get('/slow', { signal: controller.signal, adapter: 'fetch' }));
  },
  'axios: an error that nobody handles': ({ uncaught }) => uncaught(() => void window.axios.get('/status?404')),
};

const kyUses: Uses = {
  'ky: a GET': async () => window.ky.get('/json').json(),
  'ky: a POST of JSON': async () => window.ky.post('/echo', { json: { a: 1 } }).json(),
  'ky: search parameters and headers': async () =>
    window.ky.get('/echo', { searchParams: { q: '1' }, headers: { 'x-test': '1' } }).json(),
  'ky: a 404 is its error': async ({ show }) => {
    const error = await window.ky.get('/status?404').catch((reason: unknown) => reason);
    return [show(error), (error as { response?: Response }).response?.status];
  },
  'ky: it tries a 503 again': async ({ task }) => {
    let tries = 0;
    const beforeRequest = [() => void tries++];
    await window.ky
      .get('/status?503', { retry: { limit: 1, delay: () => 10 }, hooks: { beforeRequest } })
      .catch(() => {});
    await task(1);
    return tries;
  },
  'ky: a connection that is cut off': ({ outcome }) => outcome(() => window.ky.get('/cut', { retry: 0 })),
  'ky: a timeout': ({ outcome }) => outcome(() => window.ky.get('/slow', { timeout: 30, retry: 0 })),
  'ky: an abort': ({ outcome }) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    return outcome(() => window.ky.get('/slow', { signal: controller.signal }));
  },
  'ky: an abort with a reason': async ({ show }) => {
    const controller = new AbortController();
    const reason = new RangeError('enough');
    setTimeout(() => controller.abort(reason), 20);
    const error = await window.ky.get('/slow', { signal: controller.signal }).catch((thrown: unknown) => thrown);
    return [error === reason, show(error)];
  },
  'ky: hooks see Request and Response': async () => {
    const seen: unknown[] = [];
    await window.ky.get('/json', {
      hooks: {
        beforeRequest: [({ request }) => void seen.push(request instanceof Request)],
        afterResponse: [({ response }) => void seen.push(response instanceof Response, response.bodyUsed)],
      },
    });
    return seen;
  },
  'ky: a fetch of the page': async () => {
    const calls: boolean[] = [];
    const own = ((input: Request, init?: RequestInit) => (
      calls.push(input instanceof Request),
      fetch(input, init)
    )) as typeof fetch;
    await window.ky.get('/json', { fetch: own });
    return calls;
  },
  'ky: progress is told': async () => {
    let done = 0;
    await window.ky.get('/stream', { onDownloadProgress: ({ transferredBytes }) => (done = transferredBytes) }).text();
    return done;
  },
  'ky: an error that nobody handles': ({ uncaught }) => uncaught(() => void window.ky.get('/status?404')),
};

export const libraryUses: Uses = { ...axiosUses, ...kyUses };
