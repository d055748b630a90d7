import { batchVersion } from '../protocol/batch.ts';
import type { Batch, BatchEvent, BatchException, BatchFrame, Dropped } from '../protocol/batch.ts';
import type { Breadcrumb, Context, Event, Exception } from '../protocol/event.ts';
import { sdk } from './version.ts';

/** What some events have in common. One batch carries events that share one of these. */
export interface Shared {
  id: string;
  context: Context;
  trail: Breadcrumb[];
}

/** An event as it waits: without what it shares with others, `trail` counted from the beginning of what they share. */
export type Waiting = Omit<BatchEvent, 'exceptions'> & { exceptions?: Exception[] };

const contextNames = [
  'release',
  'environment',
  'session',
  'hints',
  'page',
  'user',
  'tags',
  'extra',
  'debugIds',
] as const;
const defaults = { level: 'error', mechanism: 'onerror', handled: false, count: 1, exceptions: [] };

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const isSameCrumb = (a: Breadcrumb, b?: Breadcrumb) => a.at === b?.at && a.text === b.text;

/** Takes out of the event what is shared already, and appends to the shared trail what is new. */
export function shareEvent(event: Event, { context, trail }: Shared): Waiting {
  const { breadcrumbs, ...rest } = event;
  // The first event says what its neighbours will mostly say too.
  if (!context.session) for (const name of contextNames) Object.assign(context, { [name]: event[name] });
  for (const [name, value] of Object.entries({ ...defaults, ...context })) {
    if (isSame(event[name as keyof Event], value)) delete rest[name as keyof typeof rest];
  }
  let from = trail.findIndex((each) => isSameCrumb(each, breadcrumbs[0]));
  if (from < 0 || breadcrumbs.some((each, i) => trail[from + i] && !isSameCrumb(each, trail[from + i])))
    from = trail.length;
  trail.push(...breadcrumbs.slice(trail.length - from));
  return { ...(rest as Waiting), trail: [from, from + breadcrumbs.length] };
}

/** Gives equal values one index. */
function createTable<T>(list: T[]): (value: T) => number {
  const known = new Map<string, number>();
  return (value) => {
    const key = String(value);
    const index = known.get(key) ?? list.push(value) - 1;
    known.set(key, index);
    return index;
  };
}

/** One batch, in which equal frames, stacks and the trail stand once. */
export function packBatch({ context, trail }: Shared, waiting: Waiting[], sentAt: number, dropped: Dropped[]): string {
  const [files, frames, stacks]: [string[], BatchFrame[], number[][]] = [[], [], []];
  const [addFile, addFrame, addStack] = [createTable(files), createTable(frames), createTable(stacks)];
  const packException = ({ frames: own, ...exception }: Exception): BatchException => {
    if (!own.length) return exception;
    const stack = own.map(({ function: name = '', filename, lineno = 0, colno = 0 }) =>
      addFrame([name, filename ? addFile(filename) : -1, lineno, colno]),
    );
    return { ...exception, stack: addStack(stack) };
  };
  const events = waiting.map((event) =>
    event.exceptions ? { ...event, exceptions: event.exceptions.map(packException) } : event,
  );
  const batch: Batch = {
    version: batchVersion,
    sdk,
    sentAt,
    ...context,
    trail,
    files,
    frames,
    stacks,
    events,
    dropped,
  };
  return JSON.stringify(batch);
}
