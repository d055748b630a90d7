import { readFileSync } from 'node:fs';
import type { Reporter } from './stage.ts';

const built = new URL('../../../dist/pagefault.js', import.meta.url);

/** The script that ships, started as the tag's `data-endpoint` would. */
export const ours = (): Reporter => {
  const source = readFileSync(built, 'utf8');
  return {
    name: 'pagefault',
    script: (endpoint) => `${source};pagefault.init({endpoint:${JSON.stringify(`${endpoint}/in/key`)}})`,
  };
};

export const none: Reporter = { name: 'no reporter', script: () => '' };

/** The least that anybody would write by hand. */
export const bare: Reporter = {
  name: 'one sendBeacon per error',
  script: (endpoint) => `addEventListener('error', ({ message, filename, lineno, colno, error }) =>
    navigator.sendBeacon(${JSON.stringify(endpoint)}, JSON.stringify({
      message, filename, lineno, colno, stack: error && error.stack,
      url: location.href, userAgent: navigator.userAgent, at: Date.now(),
    })))`,
};
