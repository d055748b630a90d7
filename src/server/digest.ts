import { setImmediate, setTimeout } from 'node:timers/promises';
import type { ShownFrame } from '../protocol/api.ts';
import { fallbackFingerprint, fingerprintOf, type Fingerprint, type GroupingVersion } from './group/fingerprint.ts';
import { culpritOf, titleOf } from './group/title.ts';
import { userNumber, valuesOf } from './group/values.ts';
import { createRulesReader, type RulesOf } from './grouping-rules.ts';
import { whereOf } from './log-line.ts';
import type { FiledEvent } from './notify/live.ts';
import { isPassing } from './store/database.ts';
import type { DigestedEvent, EventToFile, Filed, KeptEvent, Store } from './store/store.ts';
import { sourcesBeside, unresolvedFiles, type Symbolicate } from './symbolicate/symbolicate.ts';
import { createWorker, type Worker } from './worker.ts';

export interface DigestOptions {
  store: Store;
  live: {
    /** Whether anybody wants to know more than that something was filed; default yes. */
    isWatched?(): boolean;
    publish(messages: FiledEvent[]): void;
  };
  symbolicate: Symbolicate;
  log: { error(fields: object, message: string): void };
  /** Ways of grouping, the one that decides about new issues last; default: all that have been released. */
  versions?: GroupingVersion[];
  /** Called after each batch. */
  onBatch?(): void;
}

/**
 * Events that share one transaction: the more, the less each costs, and the longer who sends has to wait for it. So they are
 * few while no more are waiting, and where the machine has other things to do, so that it takes longer than `longMs`.
 */
const [minBatch, maxBatch, longMs] = [100, 800, 400];
/** Arrivals come in between so many. */
const slice = 50;
/** After a transaction of so many events the next one waits this long for more to come. */
const [busyBatch, gatherMs] = [5, 50];

interface Digested {
  kept: EventToFile;
  digested: DigestedEvent;
  /** For those who watch. */
  where?: Where;
}

type Where = ReturnType<typeof whereOf>;

/** What happens to events after they were acknowledged: symbolicate -> group -> store -> notify. */
export function createDigest({ store, live, symbolicate, log, versions, onBatch }: DigestOptions): Worker {
  const rulesOf = createRulesReader(store.records);
  let isBusy = false;
  let atOnce = minBatch;
  const digest = async (came: KeptEvent): Promise<Digested> => {
    const { event, ...kept } = came;
    const digested = await digestEvent(came, symbolicate, rulesOf, versions).catch((error: unknown) =>
      // A stage that throws on one event must not stop the others, nor lose it.
      fileAsItCame({ ...event, ...kept }, error),
    );
    const { id, session } = event;
    const isWatched = live.isWatched?.() ?? true;
    return { kept: { ...kept, id, session }, digested, ...(isWatched && { where: whereOf(event) }) };
  };
  const take = async () => {
    const taken: Digested[] = [];
    const end = performance.now() + (isBusy ? gatherMs : 0);
    while (taken.length < atOnce) {
      const waiting = await store.events.undigested(slice, taken.at(-1)?.kept.seq);
      for (const kept of waiting) taken.push(await digest(kept));
      if (waiting.length > 0) await setImmediate();
      else if (taken.length === 0 || performance.now() >= end) break;
      else await setTimeout(gatherMs / 20);
    }
    isBusy = taken.length > busyBatch;
    return taken;
  };
  const file = async (batch: Digested[]) => {
    const [all, kept] = [batch.map(digestedOf), batch.map(keptOf)];
    const began = performance.now();
    const filed = await store.fileDigested(all, kept);
    const tookMs = performance.now() - began;
    const isBehind = store.events.backlog() > atOnce;
    if (!isBehind || tookMs > longMs) atOnce = Math.max(minBatch, atOnce / 2);
    else if (tookMs < longMs / 2) atOnce = Math.min(maxBatch, atOnce * 2);
    onBatch?.();
    // From here on the events are filed, and must not be filed again because a listener failed.
    const messages: FiledEvent[] = [];
    for (const [index, one] of batch.entries()) {
      const place = filed[index];
      if (place?.isKept && one.where) messages.push(filedEventOf(one.digested, one.kept.id, one.where, place));
    }
    live.publish(messages);
  };
  const fileAsItCame = (event: Came, error: unknown) => {
    log.error({ err: error, seq: event.seq }, 'An event could not be digested and is filed as it came.');
    return asItCame(event, error);
  };
  return createWorker<Digested>({
    take,
    work: file,
    async rescue(one, error) {
      // Nothing is wrong with the event: it waits.
      if (isPassing(error)) throw error;
      await file([{ ...one, digested: fileAsItCame(one.digested, error) }]);
    },
    onError: (error) => log.error({ err: error }, 'The digest cannot go on and will try again.'),
  });
}

const digestedOf = ({ digested }: Digested) => digested;
const keptOf = ({ kept }: Digested) => kept;

function filedEventOf(digested: DigestedEvent, eventId: string, where: Where, place: Filed): FiledEvent {
  const { projectId, title, culprit, level, happenedAt: at, values, text } = digested;
  const { issueId, isNew, isRegression } = place;
  const message = { projectId, issueId, isNew, isRegression, eventId, title, at };
  return { message, error: { ...message, level, culprit, ...where }, values: withSession(values, where), text };
}

const withSession = (values: [string, string][], { session }: Where): [string, string][] =>
  session === null ? values : [...values, ['session', session]];

/** All that is found out about an event. */
export async function digestEvent(
  { seq, projectId, happenedAt, event }: KeptEvent,
  symbolicate: Symbolicate,
  rulesOf: RulesOf,
  versions?: GroupingVersion[],
): Promise<DigestedEvent> {
  const shown = await symbolicate(projectId, event);
  const rules = await rulesOf(projectId);
  const [frames = []] = shown;
  const title = titleOf(event);
  const culprit = culpritOf(event, frames);
  return {
    seq,
    projectId,
    happenedAt,
    count: event.count,
    level: event.level,
    release: event.release,
    ...withPresence(fingerprintOf(event, shown, rules, versions), shown),
    title,
    culprit,
    user: userNumber(event),
    values: valuesOf(event),
    unresolvedFiles: unresolvedFiles(shown),
    text: `${title} ${culprit} ${event.exceptions.length > 0 ? (event.message ?? '') : ''}`.trim(),
  };
}

/** Lets the store ask whether a file that it knows is still there. */
function withPresence(found: Fingerprint, shown: ShownFrame[][]) {
  const { moved } = found;
  const sources = moved && sourcesBeside(shown.flat().find(({ filename }) => filename === moved.file));
  return { ...found, moved: moved && sources && { ...moved, isPresent: (file: string) => sources.has(file) } };
}

type Came = Pick<DigestedEvent, 'seq' | 'projectId' | 'happenedAt' | 'count' | 'level'>;

/** Under an issue named after the failure, with nothing taken from the event but what the parser has checked. */
function asItCame({ seq, projectId, happenedAt, count, level }: Came, error: unknown): DigestedEvent {
  const problem = error instanceof Error ? error.name : 'unknown';
  const title = `Events that could not be processed (${problem})`;
  return {
    seq,
    projectId,
    happenedAt,
    count,
    level,
    release: undefined,
    ...fallbackFingerprint(problem),
    moved: undefined,
    title,
    culprit: '',
    user: undefined,
    values: [],
    unresolvedFiles: [],
    text: title,
  };
}
