import {
  addBreadcrumb,
  captureException,
  captureMessage,
  close,
  flush,
  init,
  setExtra,
  setTag,
  setUser,
} from './index.ts';
import { watchWorkers } from './capture/workers.ts';
import { keepCrashFacts } from './crash-report.ts';
import { win } from './lib/win.ts';
import { parts } from './part.ts';
import type { Options } from './options.ts';
import type * as source from './index.ts';

parts.push(watchWorkers, keepCrashFacts);
// Without `wrap`: who writes code that calls it can import it.
const api = { init, captureException, captureMessage, addBreadcrumb, setUser, setTag, setExtra, flush, close };

declare global {
  interface Window {
    /** The reporter's API, put there by the script tag; that of loggers by a tag of its own. */
    pagefault: Omit<
      typeof source,
      | 'wrap'
      | 'inferCrashes'
      | 'watchConsole'
      | 'watchFrames'
      | 'watchReports'
      | 'use'
      | 'keepCrashFacts'
      | 'watchWorkers'
      | 'createLogger'
      | 'setThreshold'
      | 'addProcessor'
      | 'addHandler'
    > &
      Partial<Pick<typeof source, 'createLogger' | 'setThreshold' | 'addProcessor' | 'addHandler'>>;
  }
}

// A page that has the tag twice has one reporter. The snippet's stand-in takes any arguments, and loggers have no `init`.
if (!(win.pagefault as Partial<Window['pagefault']> | undefined)?.init?.length) {
  win.pagefault = api;
  init(document.querySelector<HTMLElement>('script[data-endpoint]')?.dataset as unknown as Options);
}
