import * as api from './index.ts';

declare global {
  interface Window {
    /** The reporter's API, put there by the script tag. */
    pagefault: typeof api;
  }
}

window.pagefault = api;

// A module has no `currentScript`.
const tag = document.currentScript ?? document.querySelector('script[data-endpoint]');
const data = (tag as HTMLElement | null)?.dataset;
if (data?.['endpoint']) {
  api.init({
    ...(data as { outbox?: 'memory' }),
    endpoint: new URL(data['endpoint'], document.baseURI).href,
    sampleRate: +(data['sampleRate'] ?? 1),
    console: data['console'] !== 'false',
    resources: data['resources'] !== 'false',
    debug: 'debug' in data,
  });
}
