import * as api from './index.ts';

declare global {
  interface Window {
    /** The reporter's API, put there by the script tag. */
    pagefault: typeof api;
  }
}

window.pagefault = api;

const data = document.querySelector<HTMLElement>('script[data-endpoint]')?.dataset;
if (data?.['endpoint']) {
  api.init({
    // Texts; the sample rate is only ever compared.
    ...(data as object),
    endpoint: new URL(data['endpoint'], document.baseURI).href,
    console: data['console'] !== 'false',
    resources: data['resources'] !== 'false',
    debug: 'debug' in data,
  });
}
