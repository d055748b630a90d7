import type { BreadcrumbKind, Event, Level } from '../protocol/event.ts';
import { installClicks } from './breadcrumbs/clicks.ts';
import { installConsole } from './breadcrumbs/console.ts';
import { installNavigation } from './breadcrumbs/navigation.ts';
import { createTrail } from './breadcrumbs/trail.ts';
import { createMachine } from './browser.ts';
import type { Captured } from './capture/captured.ts';
import { drainEarly } from './capture/early.ts';
import { installFetch } from './capture/fetch.ts';
import { fromErrorEvent, installGlobalError } from './capture/global-error.ts';
import { fromRejection, installRejection } from './capture/rejection.ts';
import { watchRequests } from './capture/request.ts';
import { fromResourceError, installResourceError } from './capture/resource-error.ts';
import { installXhr } from './capture/xhr.ts';
import { createEnrich } from './enrich.ts';
import { toEvent } from './event.ts';
import { toExceptions } from './exception.ts';
import { createFilter } from './filter.ts';
import { createId } from './lib/id.ts';
import { identify } from './lib/identify.ts';
import { on } from './lib/on.ts';
import { onLeaving } from './lib/on-leaving.ts';
import { createLimit } from './limit.ts';
import type { Options } from './options.ts';
import { createOutbox } from './outbox.ts';
import { packBatch, shareEvent } from './pack.ts';
import { createQuarantine } from './quarantine.ts';
import { createQueue } from './queue.ts';
import { createScope } from './scope.ts';
import type { Scope } from './scope.ts';
import { createScrub } from './scrub.ts';
import { parseStack } from './stack.ts';
import { createTransport } from './transport.ts';

export interface Client {
  _report: (captured: Captured) => void;
  _addBreadcrumb: (kind: BreadcrumbKind, text: string, data?: Record<string, unknown>, level?: Level) => void;
  _scope: Scope;
  _flush: () => Promise<boolean>;
  _close: () => void;
}

type Win = Window & typeof globalThis;
const startupMs = 1_000;

/** The whole way of a report: capture, exception and stack, enrich, filter, beforeSend, scrub, queue, transport. */
export function createClient(options: Options, win: Win): Client {
  const now = () => Date.now();
  const newId = () => createId(win);
  const { console } = win;
  const consoleWarn = console.warn;
  const warn = (message: string, error?: unknown) => consoleWarn.call(console, `pagefault: ${message}`, error ?? '');
  const guard =
    <T extends unknown[]>(run: (...args: T) => void) =>
    (...args: T) => {
      try {
        run(...args);
      } catch (error) {
        if (options.debug) warn('internal error', error);
      }
    };

  const scope = createScope(options, newId());
  const scrub = createScrub(options);
  const trail = createTrail(now);
  const machine = createMachine(win);
  const page = createEnrich(win);
  const outbox = createOutbox(() => (options.outbox === 'memory' ? undefined : win.localStorage));
  const transport = createTransport(win, options.endpoint);
  const queue = createQueue({ transport, outbox, share: shareEvent, pack: packBatch, newId, now, win, warn });
  const quarantine = createQuarantine(win, queue._drop);
  const limit = createLimit(now);
  const reported = new WeakSet<object>();
  let isBusy = false;
  let isLeaving = false;

  const enrich = (event: Event): Event => {
    navigation._check();
    const breadcrumbs = options.beforeSend ? trail._list.map((each) => ({ ...each })) : [...trail._list];
    return { ...event, ...scope._values, ...machine._get(), ...page(isLeaving), breadcrumbs };
  };
  const filter = createFilter(options);
  const beforeSend = (event: Event) => (options.beforeSend ? (options.beforeSend(event) ?? 'before-send') : event);

  const stages: ((event: Event) => Event | string)[] = [enrich, filter, beforeSend, scrub._event];

  const isNew = ({ thrown: [value] = [undefined], requestError }: Captured) => {
    const objects = [value, requestError].filter((each) => Object(each) === each) as object[];
    return !objects.some((each) => reported.has(each) || !reported.add(each));
  };

  const report = guard((captured: Captured) => {
    // What our own stages throw or log must not come back to us.
    if (isBusy || !isNew(captured)) return;
    isBusy = true;
    try {
      let event: Event | string = toEvent(captured, {
        toExceptions: (thrown) => toExceptions(thrown, parseStack),
        parseStack,
        newId,
        now,
      });
      for (const stage of stages) if (typeof event !== 'string') event = stage(event);
      if (typeof event === 'string') queue._drop(event);
      else quarantine._hold(event, enqueue);
    } catch (error) {
      queue._drop('internal-error');
      throw error;
    } finally {
      isBusy = false;
    }
  });

  const enqueue = (event: Event) => {
    const key = identify(event);
    if (limit(key)) queue._add(event, key);
    else queue._drop('rate-limit');
  };

  const add: Client['_addBreadcrumb'] = (kind, text, data, level) => {
    if (kind !== 'navigation') navigation?._check();
    trail._add(kind, scrub._text(text), data && (scrub._value(data) as Record<string, unknown>), level);
  };
  const navigation = installNavigation(
    win,
    guard((kind, text, data) => add(kind, text, data)),
  );

  const leave = guard((isUnload: boolean) => {
    isLeaving = isUnload;
    if (isUnload) quarantine._leave(true);
    queue._send(true, true);
  });
  const online = () => win.navigator.onLine;
  const onRequest = guard(watchRequests(options, now, online, add, report));

  drainEarly(
    win,
    { error: fromErrorEvent, unhandledrejection: fromRejection, resource: fromResourceError },
    report,
    (time) => Math.round(now() - win.performance.now() + time),
  );
  const undo = [
    navigation._undo,
    installGlobalError(win, report),
    installRejection(win, report),
    options.resources === false ? () => {} : installResourceError(win, report),
    installFetch(win, now, onRequest),
    installXhr(win, now, onRequest),
    installClicks(win, trail),
    options.console === false ? () => {} : installConsole(console, guard(add)),
    onLeaving(win, leave),
    on(win, 'online', () => queue._wake()),
    on(win, 'pageshow', () => {
      isLeaving = false;
      quarantine._leave(false);
      queue._wake();
    }),
  ];
  const start = win.setTimeout(
    guard(() => {
      machine._refine();
      queue._drain();
    }),
    startupMs,
  );

  return {
    _report: report,
    _addBreadcrumb: guard(add),
    _scope: scope,
    async _flush() {
      quarantine._release();
      queue._send(true);
      for (let tries = 0; !queue._isEmpty() && tries < 50; tries++)
        await new Promise((done) => win.setTimeout(done, 100));
      return queue._isEmpty();
    },
    _close() {
      win.clearTimeout(start);
      quarantine._release();
      queue._send(true, true);
      queue._close();
      undo.forEach((each) => each());
    },
  };
}
