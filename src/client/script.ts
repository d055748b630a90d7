import * as api from './index.ts';

declare global {
  interface Window {
    /** The reporter's API, put there by the script tag. */
    pagefault: typeof api;
  }
}

window.pagefault = api;

const data = document.querySelector<HTMLElement>('script[data-endpoint]')?.dataset;
if (data) api.init({ ...(data as object), endpoint: new URL(data['endpoint'] as string, document.baseURI).href });
