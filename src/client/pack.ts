import { batchVersion } from '../protocol/batch.ts';
import type { BatchEvent, BatchException, BatchFrame, Counts } from '../protocol/batch.ts';
import type { Breadcrumb, Context, Event, Exception } from '../protocol/event.ts';
import { defaults } from './event.ts';
import { createId } from './lib/id.ts';
import { pick } from './lib/pick.ts';
import { sdk } from './version.ts';

/** What some events have in common. One batch carries events that share one of these. */
export interface Shared {
  id: string;
  context: Context;
  trail: Breadcrumb[];
}

/** An event as it waits: without what it shares with others, `trail` counted from the beginning of what they share. */
export interface Waiting extends Omit<BatchEvent, 'exceptions'> {
  at: number;
  exceptions?: Exception[];
  /** Until then its count may grow, and tabs that find it in storage leave it alone. Later nobody changes it. */
  until?: number | undefined;
}

const contextNames = 'release environment session hints page user tags extra debugIds';

const isSame = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);
const isSameCrumb = (a: Breadcrumb, b?: Breadcrumb) => a.at === b?.at && a.text === b.text;

/** Takes out of the event what is shared already, and appends to the shared trail what is new. */
export function shareEvent(event: Event, { context, trail }: Shared): Waiting {
  const { breadcrumbs, ...rest } = event;
  // The first event says what its neighbours will mostly say too.
  if (!context.session) Object.assign(context, pick(contextNames, event));
  for (const [name, value] of Object.entries({ ...defaults, ...context })) {
    if (isSame(event[name as keyof Event], value)) delete rest[name as keyof typeof rest];
  }
  let from = trail.findIndex((each) => isSameCrumb(each, breadcrumbs[0]));
  if (from < 0 || breadcrumbs.some((each, i) => trail[from + i] && !isSameCrumb(each, trail[from + i])))
    from = trail.length;
  trail.push(...breadcrumbs.slice(trail.length - from));
  return { ...(rest as Waiting), trail: [from, from + breadcrumbs.length] };
}

/** Index by value: of a batch, or of it and its base. */
type Known = Map<string, number>;

/** A batch that is on its way: later ones need not say again what stands in it. Of the trail it has `_crumbs`. */
export interface Base {
  _shared: Shared;
  _id: string;
  _crumbs: number;
  _slice: BatchEvent['trail'];
  _known: Known[];
}

/** Gives equal values one index, and collects those that are not known yet. */
function createTable<T>(base?: Known): [added: T[], add: (value: T) => number, known: Known] {
  const added: T[] = [];
  const known: Known = new Map(base);
  const add = (value: T) => {
    const key = `${value}`;
    if (!known.has(key)) {
      known.set(key, known.size);
      added.push(value);
    }
    return known.get(key) as number;
  };
  return [added, add, known];
}

/** Empty lists do not travel. */
const filled = <T>(list?: T[]) => list?.[0] && list;

/** One batch, in which equal frames, stacks and the trail stand once; not at all, if they stand in the base. */
export function packBatch(
  _shared: Shared,
  waiting: Waiting[],
  sentAt: number,
  dropped?: Counts,
  base?: Base,
): [body: string, Base] {
  const _id = createId();
  const { _crumbs, _slice = waiting[0]?.trail, _known = [] } = base ?? ({} as Partial<Base>);
  const [files, addFile, knownFiles] = createTable<string>(_known[0]);
  const [frames, addFrame, knownFrames] = createTable<BatchFrame>(_known[1]);
  const [stacks, addStack, knownStacks] = createTable<number[]>(_known[2]);
  const packException = ({ frames: own, ...exception }: Exception): BatchException => {
    if (!own.length) return exception;
    const stack = own.map(({ function: name = '', filename, lineno = 0, colno = 0 }) =>
      addFrame([name, filename ? addFile(filename) : -1, lineno, colno]),
    );
    return { ...exception, stack: addStack(stack) };
  };
  // Undefined values do not travel.
  const events = waiting.map(({ at, trail, exceptions, ...event }) => ({
    ...event,
    at: at === sentAt ? undefined : at,
    trail: isSame(trail, _slice) ? undefined : trail,
    exceptions: filled(exceptions?.map(packException)),
  }));
  const body = JSON.stringify({
    ...(base ? { base: base._id } : { version: batchVersion, id: _id, sdk, ..._shared.context, slice: _slice }),
    sentAt,
    trail: filled(_shared.trail.slice(_crumbs)),
    files: filled(files),
    frames,
    stacks,
    events,
    dropped,
  });
  return [
    body,
    { _shared, _id, _crumbs: _shared.trail.length, _slice, _known: [knownFiles, knownFrames, knownStacks] },
  ];
}
