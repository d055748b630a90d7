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
const { endpoint, release, environment, sampleRate, console, resources, outbox, debug } =
  (tag as HTMLElement | null)?.dataset ?? {};
if (endpoint) {
  api.init({
    endpoint: new URL(endpoint, document.baseURI).href,
    release,
    environment,
    sampleRate: sampleRate ? +sampleRate : undefined,
    console: console !== 'false',
    resources: resources !== 'false',
    outbox: outbox === 'memory' ? outbox : undefined,
    debug: debug != null,
  });
}
