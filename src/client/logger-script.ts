import type { Client } from './client.ts';
import { on } from './lib/on.ts';
import { win } from './lib/win.ts';
import { createPageLogging } from './logger/page-logging.ts';
import type { Reporter } from './logger/reporter.ts';

/** The reporter of `pagefault.js`, wherever it is loaded: a script of its own can only find it by its endpoint. */
function findReporter(): Reporter | undefined {
  const { pagefaultClients = {} } = win as Window & { pagefaultClients?: Record<string, Client | undefined> };
  const tag = document.querySelector<HTMLElement>('script[data-endpoint]')?.dataset['endpoint'];
  // Without a tag that says it, `init` was called by hand. Of two, one belongs to somebody else.
  const all = tag ? [new URL(tag, document.baseURI).href] : Object.keys(pagefaultClients);
  const [endpoint = ''] = all;
  const client = all.length === 1 && pagefaultClients[endpoint];
  return client ? { client, endpoint } : undefined;
}

const { createLogger, setThreshold, addProcessor, addHandler } = createPageLogging(findReporter);
const api = { createLogger, setThreshold, addProcessor, addHandler };

/** `pagefault.js` replaces what stands there without `init`. */
const install = () => Object.assign((win.pagefault ??= {} as Window['pagefault']), api);
install();
on(win, 'load', install);
