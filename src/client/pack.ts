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
  'browser',
  'os',
  'device',
  'page',
  'user',
  'tags',
  'extra',
] as const;
const defaults = { level: 'error', mechanism: 'onerror', handled: false, count: 1 };

const isSame = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);

/** Takes out of the event what is shared already, and appends to the shared trail what is new. */
export function shareEvent(event: Event, { context, trail }: Shared): Waiting {
  const { breadcrumbs, ...rest } = event;
  const waiting: Partial<Event> = rest;
  // The first event says what its neighbours will mostly say too.
  if (!context.session)
    for (const name of contextNames) if (event[name]) Object.assign(context, { [name]: event[name] });
  for (const name of contextNames) if (isSame(event[name], context[name])) delete waiting[name];
  for (const [name, value] of Object.entries(defaults)) {
    if (waiting[name as keyof Event] === value) delete waiting[name as keyof Event];
  }
  if (!event.exceptions.length) delete waiting.exceptions;
  const result = waiting as Waiting;
  if (breadcrumbs.length) result.trail = shareTrail(breadcrumbs, trail);
  return result;
}

/** The slice of `trail` that is `crumbs`; those it does not have yet are appended. */
function shareTrail(crumbs: Breadcrumb[], trail: Breadcrumb[]): [number, number] {
  const equal = (a?: Breadcrumb, b?: Breadcrumb) => !a || (b?.at === a.at && b.text === a.text);
  let from = trail.findIndex((crumb) => equal(crumb, crumbs[0]));
  if (from < 0 || !crumbs.every((crumb, i) => equal(trail[from + i], crumb))) from = trail.length;
  trail.push(...crumbs.slice(trail.length - from));
  return [from, from + crumbs.length];
}

/** Gives equal values one index. */
function createTable<T>(list: T[]): (value: T, key: string) => number {
  const known = new Map<string, number>();
  return (value, key) => {
    const index = known.get(key) ?? list.push(value) - 1;
    known.set(key, index);
    return index;
  };
}

/** One batch, in which equal frames, stacks and the trail stand once. */
export function packBatch({ context, trail }: Shared, waiting: Waiting[], sentAt: number, dropped: Dropped[]): string {
  const slices = waiting.flatMap((each) => (each.trail ? [each.trail] : []));
  const first = Math.min(...slices.map(([from]) => from));
  const batch = { version: batchVersion, sdk, sentAt, ...context } as Batch;
  const [files, frames, stacks]: [string[], BatchFrame[], number[][]] = [[], [], []];
  const [addFile, addFrame, addStack] = [createTable(files), createTable(frames), createTable(stacks)];

  const packException = ({ frames: own, ...exception }: Exception): BatchException => {
    if (!own.length) return exception;
    const stack = own.map(({ function: name = '', filename, lineno = 0, colno = 0 }) => {
      const frame: BatchFrame = [name, filename ? addFile(filename, filename) : -1, lineno, colno];
      return addFrame(frame, frame.join());
    });
    return { ...exception, stack: addStack(stack, stack.join()) };
  };
  batch.events = waiting.map((each) => {
    const event = { ...each } as BatchEvent;
    if (each.exceptions) event.exceptions = each.exceptions.map(packException);
    if (each.trail) event.trail = [each.trail[0] - first, each.trail[1] - first];
    return event;
  });

  if (slices.length) batch.trail = trail.slice(first, Math.max(...slices.map(([, to]) => to)));
  if (files.length) batch.files = files;
  if (frames.length) Object.assign(batch, { frames, stacks });
  if (dropped.length) batch.dropped = dropped;
  return JSON.stringify(batch);
}
