import type { Event } from '../protocol/event.ts';
import { installClicks } from './breadcrumbs/clicks.ts';
import { installConsole } from './breadcrumbs/console.ts';
import { installNavigation } from './breadcrumbs/navigation.ts';
import { createTrail } from './breadcrumbs/trail.ts';
import type { AddBreadcrumb } from './breadcrumbs/trail.ts';
import type { Captured, Report } from './capture/captured.ts';
import { installFetch } from './capture/fetch.ts';
import { watchRequests } from './capture/request.ts';
import { installWindowEvents } from './capture/window-events.ts';
import { installXhr } from './capture/xhr.ts';
import { createEnrich } from './enrich.ts';
import { toEvent } from './event.ts';
import { createFilter } from './filter.ts';
import { attempt, guard, setOnFailure } from './lib/attempt.ts';
import { isObject } from './lib/describe-value.ts';
import { createId } from './lib/id.ts';
import { identify } from './lib/identify.ts';
import { now } from './lib/now.ts';
import { on } from './lib/on.ts';
import { installToString } from './lib/patch.ts';
import { onLeaving } from './lib/on-leaving.ts';
import { win } from './lib/win.ts';
import { findHints } from './hints.ts';
import { isOff } from './options.ts';
import type { Options } from './options.ts';
import { parts } from './part.ts';
import type { InnerPart } from './part.ts';
import { createOutbox } from './outbox.ts';
import { createQuarantine } from './quarantine.ts';
import { createQueue } from './queue.ts';
import { createScope } from './scope.ts';
import type { Scope } from './scope.ts';
import { createCleaner, createScrub } from './scrub.ts';
import { createTransport } from './transport.ts';

/** Names that the minifier keeps: copies of us, of other builds too, share one of these. */
export interface Client {
  report: Report;
  addBreadcrumb: AddBreadcrumb;
  setContext: Scope['_set'];
  context: (event: Event) => Event;
  flush: () => Promise<boolean>;
  close: () => void;
}

/** Returns the event, changed or not, or the reason why it is dropped. */
type Stage = (event: Event) => Event | string;

const startupMs = 1_000;
const flushMs = 5_000;

/** The whole way of a report: capture, exception and stack, enrich, filter, beforeSend, scrub, queue, transport. */
export function createClient(options: Options): Client {
  const { console } = win;
  const { warn: print } = console;
  const said = new Set<unknown>();
  const warn = (message: unknown) => {
    if (!said.has(message)) print.call(console, 'pagefault:', message);
    said.add(message);
  };
  if (options.debug) setOnFailure(warn);

  const cleaner = createCleaner(options);
  const scrub = createScrub(cleaner);
  const scope = createScope(options, scrub);
  const trail = createTrail(cleaner);
  // Each try would be one more line in the console, and none would succeed.
  let isForbidden = false;
  const onForbidden = () => {
    warn('forbidden by connect-src');
    isForbidden = true;
  };
  // Keeps the unpatched fetch: our own requests are nobody's business.
  const queue = createQueue(
    createTransport(options.endpoint, () => isForbidden),
    createOutbox(options),
    warn,
  );
  const quarantine = createQuarantine(queue._drop);

  const enrich = createEnrich(trail, scope, quarantine, scrub);
  const { beforeSend } = options;
  const stages: Stage[] = [
    enrich,
    createFilter(options),
    // It gets a copy, as events share what they have in common; and nothing that it adds escapes.
    (event) => {
      if (!beforeSend?.call) return event;
      const changed = beforeSend(scrub(event));
      return changed?.id ? scrub(changed) : 'before-send';
    },
  ];

  const enqueue = guard((event: Event) => {
    trail._onAdded?.(event);
    return queue._add(event, identify(event));
  });

  /** By its promise; undefined once that was handled. */
  const rejections = new WeakMap<object, Event | undefined>();
  const reported = new WeakSet<object>();
  const isReported = (reason: unknown) => isObject(reason) && (reported.has(reason) || !reported.add(reason));

  let isBusy = false;
  const report = guard((captured: Captured | undefined, reason: unknown = captured?.thrown?.[0], promise?: object) => {
    // What our own stages throw or log must not come back to us. One error object is one event, whichever way it comes.
    if (!captured || isBusy || isReported(reason)) return;
    isBusy = true;
    const run = (event: Event | string, stage: Stage) => (typeof event === 'string' ? event : stage(event));
    const event =
      attempt(() => stages.reduce(run, toEvent(captured, createId()) as Event | string)) ?? 'internal-error';
    isBusy = false;
    if (typeof event === 'string') return queue._drop(event);
    const key = promise ?? captured;
    quarantine._hold(event, () => {
      if (rejections.has(key)) queue._drop('handled');
      else if (enqueue(event)) rejections.set(key, event);
    });
  });

  /** The page handled a rejection after all: it is withdrawn, or marked where it has arrived. */
  const onHandled = guard((promise: object) => {
    const event = rejections.get(promise);
    rejections.set(promise, event);
    if (event && !queue._withdraw(event.id)) queue._add({ ...event, handled: true }, event.id);
  });

  const add = guard(trail._add);
  const onRequest = watchRequests(options, add, report);
  const undo: ReturnType<InnerPart>[] = [
    installFetch(onRequest),
    ...installXhr(onRequest),
    installClicks(trail),
    ...(isOff(options.console) ? [] : installConsole(console, add)),
    installToString(),
    on(win, 'online pageshow', () => {
      quarantine._leaves += quarantine._leaves & 1;
      queue._wake();
    }),
  ];
  // What no page waits for: when it has nothing else to do, or before its first event or breadcrumb.
  trail._onAdd = guard(() => {
    undo.push(
      onLeaving((isUnload) => {
        quarantine._leaves |= +isUnload;
        queue._send(true, true);
      }),
      installNavigation(trail),
      ...parts.map((part) => part(report, trail, scope, quarantine)),
    );
    // Not all at once: tabs that open together would all send what is left of earlier visits.
    start = setTimeout(queue._drain, startupMs * (1 + Math.random()));
    // What `init` was given: the patterns of secrets take a quarter of a millisecond to compile.
    scope._values = scrub(scope._values);
    findHints(scope._set);
  });
  let start = setTimeout(() => trail._onAdd?.());
  undo.push(installWindowEvents(options, report, onHandled, onForbidden));

  return {
    report,
    addBreadcrumb: add,
    context: enrich,
    setContext: scope._set,
    async flush() {
      queue._send(true);
      for (const end = now() + flushMs; !queue._isEmpty() && now() < end;) {
        await new Promise((done) => setTimeout(done, 50));
      }
      return queue._isEmpty();
    },
    close() {
      clearTimeout(start);
      delete trail._onAdd;
      queue._send(true, true);
      queue._close();
      for (const each of undo) each?.();
    },
  };
}
