import * as api from './index.ts';

declare global {
  interface Window {
    /** The reporter's API, put there by the script tag. */
    pagefault: typeof api;
  }
}

window.pagefault = api;
api.init({ endpoint: document.currentScript?.dataset['endpoint'] ?? '' });
