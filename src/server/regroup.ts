import type { FastifyBaseLogger } from 'fastify';
import { setImmediate } from 'node:timers/promises';
import { digestEvent } from './digest.ts';
import { createRulesReader } from './grouping-rules.ts';
import { basenameOf } from './store/artifacts.ts';
import type { Artifact } from './store/artifact-store.ts';
import type { DigestedEvent, Store } from './store/store.ts';
import type { Symbolicate } from './symbolicate/symbolicate.ts';

export interface Regroup {
  /** Maps have come: what was filed without them is explained anew, in the background. */
  apply(projectId: string, maps: Artifact[]): void;
  /** Resolves when nothing is left to do. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** Larger issues keep their events together: to file each again would hold up everything else. */
const maxEvents = 2_000;
const pageSize = 200;
/** The digest's thread may file more events while these are read. */
const attempts = 5;

/** Applies maps that arrive late to the events that have waited for them. */
export function createRegroup(store: Store, symbolicate: Symbolicate, log: FastifyBaseLogger): Regroup {
  const rulesOf = createRulesReader(store.records);
  let work: Promise<void> = Promise.resolve();
  let isStopped = false;

  const digestAll = async (issueId: string): Promise<{ digested: DigestedEvent[]; isWhole: boolean }> => {
    const digested: DigestedEvent[] = [];
    for (let before: number | undefined; ;) {
      const page = await store.events.ofIssue(issueId, pageSize, before);
      for (const kept of page) digested.push(await digestEvent(kept, symbolicate, rulesOf));
      before = page.at(-1)?.seq;
      if (page.length < pageSize) return { digested: digested.reverse(), isWhole: true };
      if (digested.length >= maxEvents) return { digested: digested.reverse(), isWhole: false };
      await setImmediate();
    }
  };
  const regroup = async (issueId: string) => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { digested, isWhole } = await digestAll(issueId);
      const newest = digested.at(-1);
      if (!newest) return;
      if (isWhole && (await store.refile(issueId, digested))) return;
      // A busy issue keeps its events together, under its new name.
      if (!isWhole || attempt === attempts - 1) return store.renameIssue(issueId, newest);
    }
  };
  const run = async (projectId: string, maps: Artifact[]) => {
    const files = [...new Set(maps.map(({ script }) => basenameOf(script)))];
    for (const issueId of await store.issuesWaitingFor(projectId, files)) {
      if (isStopped) return;
      await regroup(issueId);
      await setImmediate();
    }
  };
  return {
    apply(projectId, maps) {
      work = work
        .then(() => run(projectId, maps))
        .catch((error: unknown) =>
          log.error({ err: error }, 'Maps that came late could not be applied to all events.'),
        );
    },
    drain: () => work,
    async stop() {
      isStopped = true;
      await work;
    },
  };
}
