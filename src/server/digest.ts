import type { ShownFrame } from '../protocol/api.ts';
import type { Event } from '../protocol/event.ts';
import { fallbackFingerprint, fingerprintOf, type Fingerprint, type GroupingVersion } from './group/fingerprint.ts';
import { culpritOf, titleOf } from './group/title.ts';
import { userNumber, valuesOf } from './group/values.ts';
import { createRulesReader, type RulesOf } from './grouping-rules.ts';
import { whereOf } from './log-line.ts';
import type { LiveFeed } from './notify/live.ts';
import type { DigestedEvent, KeptEvent, Store } from './store/store.ts';
import { sourcesBeside, unresolvedFiles, type Symbolicate } from './symbolicate/symbolicate.ts';
import { createWorker, type Worker } from './worker.ts';

export interface DigestOptions {
  store: Store;
  live: Pick<LiveFeed, 'publish'>;
  symbolicate: Symbolicate;
  log: { error(fields: object, message: string): void };
  /** Ways of grouping, the one that decides about new issues last; default: all that have been released. */
  versions?: GroupingVersion[];
  /** Called after each batch. */
  onBatch?(): void;
}

/** Events that share one transaction. */
const [minBatch, maxBatch] = [100, 500];

/** What happens to events after they were acknowledged: symbolicate -> group -> store -> notify. */
export function createDigest({ store, live, symbolicate, log, versions, onBatch }: DigestOptions): Worker {
  const rulesOf = createRulesReader(store.records);
  const file = async (kept: KeptEvent[], digested: DigestedEvent[]) => {
    const filed = await store.fileDigested(digested, kept);
    onBatch?.();
    // From here on the events are filed, and must not be filed again because a listener failed.
    digested.forEach(({ projectId, title, culprit, happenedAt: at, values, text }, index) => {
      const [event, place] = [kept[index]?.event, filed[index]];
      if (!event || !place?.isKept) return;
      const { issueId, isNew, isRegression } = place;
      const message = { projectId, issueId, isNew, isRegression, eventId: event.id, title, at };
      const error = { ...message, level: event.level, culprit, ...whereOf(event) };
      live.publish({ message, error, values: withSession(values, event), text });
    });
  };
  return createWorker<KeptEvent>({
    // Few at a time let arrivals in between; the more wait, the more is gained by taking many.
    take: () => store.events.undigested(Math.min(maxBatch, Math.max(minBatch, Math.ceil(store.events.backlog() / 2)))),
    work: async (kept) =>
      file(kept, await Promise.all(kept.map((one) => digestEvent(one, symbolicate, rulesOf, versions)))),
    // A stage that throws on one event must not stop the others, nor lose it.
    rescue(kept, error) {
      log.error({ err: error, seq: kept.seq }, 'An event could not be digested and is filed as it came.');
      return file([kept], [fileAsItCame(kept, error)]);
    },
    onError: (error) => log.error({ err: error }, 'The digest cannot go on and will try again.'),
  });
}

const withSession = (values: [string, string][], { session }: Event): [string, string][] =>
  session === undefined ? values : [...values, ['session', session]];

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

/** Under an issue named after the failure, with nothing taken from the event but what the parser has checked. */
function fileAsItCame({ seq, projectId, happenedAt, event }: KeptEvent, error: unknown): DigestedEvent {
  const problem = error instanceof Error ? error.name : 'unknown';
  const title = `Events that could not be processed (${problem})`;
  return {
    seq,
    projectId,
    happenedAt,
    count: event.count,
    level: event.level,
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
