import type { MessageFamily } from './family.ts';

/** A part of the program that is gone. */
export const staleChunk: MessageFamily = {
  name: 'stale-chunk',
  meaning: 'a part of the application could not be loaded, most often because a newer build replaced it',
  source: 'whatwg:import',
  chrome: [
    'Failed to fetch dynamically imported module: *',
    'Failed to fetch dynamically imported module',
    'Loading chunk * failed*',
    'Loading CSS chunk * failed*',
    'Unable to preload CSS for *',
  ],
  firefox: [
    'error loading dynamically imported module: *',
    'error loading dynamically imported module',
    'Loading module from * was blocked because of a disallowed MIME type *',
  ],
  safari: ['Importing a module script failed.', "'*' is not a valid JavaScript MIME type."],
};

/**
 * Troubles of the page's surroundings. Each is one issue wherever it happens, under a name of its own: the place says
 * nothing about its cause.
 */
export const namedFamilies: MessageFamily[] = [
  {
    name: 'script-error',
    meaning: 'a script of another origin failed, and the browser hides how',
    source: 'whatwg:report-the-exception',
    chrome: ['Script error.', 'Script error'],
    firefox: ['Script error.'],
    safari: ['Script error.'],
  },
  {
    name: 'resize-observer',
    meaning: 'ResizeObserver did not settle within a frame',
    source: 'w3c:resize-observer',
    chrome: ['ResizeObserver loop limit exceeded', 'ResizeObserver loop completed with undelivered notifications.*'],
    firefox: ['ResizeObserver loop completed with undelivered notifications.*'],
    safari: ['ResizeObserver loop completed with undelivered notifications.*'],
  },
  staleChunk,
  {
    name: 'network',
    meaning: 'a request got no answer',
    source: 'whatwg:fetch',
    chrome: ['Failed to fetch', 'Failed to fetch (*)', 'network error', 'Network Error', 'Network request failed'],
    firefox: ['NetworkError when attempting to fetch resource.', 'A network error occurred.'],
    safari: [
      'Load failed',
      'Load failed (*)',
      'The network connection was lost.',
      'The Internet connection appears to be offline.',
      'A server with the specified hostname could not be found.',
      'Could not connect to the server.',
      'The request timed out.',
      'Not allowed to request resource',
      'Origin * is not allowed by Access-Control-Allow-Origin.*',
      'Fetch API cannot load * due to access control checks.',
      'cancelled',
    ],
  },
];
