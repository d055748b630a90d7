import * as api from './index.ts';

declare global {
  interface Window {
    /** The reporter's API, put there by the script tag. */
    pagefault: typeof api;
  }
}

// A page that has the tag twice has one reporter.
const isSecond = !!(window.pagefault as typeof api | undefined)?.init;
if (!isSecond) window.pagefault = api;

const data = document.querySelector<HTMLElement>('script[data-endpoint]')?.dataset;
if (data && !isSecond)
  api.init({ ...(data as object), endpoint: new URL(data['endpoint'] as string, document.baseURI).href });
