import type { EarlyWindow } from './capture/window-events.ts';

// Keeps what breaks before the script has arrived: the events themselves, because they hold the error objects.
const early = ((window as EarlyWindow).pagefaultEarly ??= []);
// Not any more once the reporter has them: it listens itself.
const keep = (event: Event) => 'pagefaultClients' in window || (early.length < 50 && early.push(event));
addEventListener('error', keep, true);
addEventListener('unhandledrejection', keep);

type Api = Record<string, (...args: unknown[]) => unknown>;

// What the page calls meanwhile waits as well. A blocker may keep the script away for ever: nothing breaks then.
const page = window as { pagefault?: Api };
const calls: [name: string, args: unknown[]][] = [];
const stub: Api = {};
for (const name of 'init captureException captureMessage addBreadcrumb setUser setTag setExtra flush close'.split(' '))
  // A promise, because `flush` has one: nothing was sent.
  stub[name] = (...args) => Promise.resolve(calls.length < 50 && !calls.push([name, args]));
page.pagefault ??= stub;
// Each script's; and the window's, when none has come.
addEventListener(
  'load',
  () => {
    const { pagefault = stub } = page;
    if (pagefault !== stub) for (const [name, args] of calls.splice(0)) pagefault[name]?.(...args);
  },
  true,
);
