import type { FastifyBaseLogger } from 'fastify';
import { setImmediate } from 'node:timers/promises';
import { digestEvent } from './digest.ts';
import { createRulesReader } from './grouping-rules.ts';
import { basenameOf } from './store/artifacts.ts';
import type { Artifact } from './store/artifact-store.ts';
import type { DigestedEvent, Refiling, Store } from './store/store.ts';
import type { Symbolicate } from './symbolicate/symbolicate.ts';

export interface Regroup {
  /** Maps have come: what was filed without them is explained anew, in the background. */
  apply(projectId: string, maps: Artifact[]): void;
  /** Goes on with what is noted to be looked at again. */
  wake(): void;
  /** Resolves when nothing is left to do. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** Events of one transaction: some tens of milliseconds, so that nobody has to wait for it. */
const sliceSize = 200;

/** Files events again whose maps have come late, or whose issue was split, slice by slice, the newest first. */
export function createRegroup(store: Store, symbolicate: Symbolicate, log: FastifyBaseLogger): Regroup {
  const { refilings } = store;
  const rulesOf = createRulesReader(store.records);
  let work: Promise<void> = Promise.resolve();
  let isStopped = false;

  const refileAll = async (refiling: Refiling) => {
    const pass = createPass(refiling);
    for (let { before } = refiling; !isStopped;) {
      const slice = await store.events.ofIssue(refiling.issueId, sliceSize, { before });
      const digested: DigestedEvent[] = [];
      for (const kept of slice) digested.push(await digestEvent(kept, symbolicate, rulesOf));
      pass.add(digested, await refilings.refile({ ...refiling, before }, digested));
      if (slice.length < sliceSize) return refilings.finishRefiling(refiling.issueId, pass.result());
      const oldest = slice.at(-1);
      if (oldest) before = [oldest.happenedAt, oldest.seq];
      await setImmediate();
    }
  };
  const run = async () => {
    for (let next = await refilings.nextRefiling(); next && !isStopped; next = await refilings.nextRefiling()) {
      await refileAll(next);
    }
  };
  const after = (before: () => Promise<void>) => {
    work = work
      .then(before)
      .then(run)
      .catch((error: unknown) => log.error({ err: error }, 'What is stored could not be grouped anew.'));
  };
  return {
    apply(projectId, maps) {
      const files = [...new Set(maps.map(({ script }) => basenameOf(script)))];
      after(() => refilings.startRefilings(projectId, files));
    },
    wake: () => after(() => Promise.resolve()),
    drain: () => work,
    async stop() {
      isStopped = true;
      await work;
    },
  };
}

/** What one look at all events of an issue has shown. */
function createPass({ before: [, seq] }: Refiling) {
  const isWhole = seq === Number.MAX_SAFE_INTEGER;
  const [gone, left] = [new Set<number>(), new Set<number>()];
  const unresolved = new Set<string>();
  const targets = new Map<string, number>();
  return {
    add(digested: DigestedEvent[], moved: Map<number, string>) {
      for (const { seq, user, unresolvedFiles } of digested) {
        const target = moved.get(seq);
        if (target !== undefined) targets.set(target, (targets.get(target) ?? 0) + 1);
        else unresolvedFiles.forEach((file) => unresolved.add(file));
        if (user !== undefined) (target === undefined ? left : gone).add(user);
      }
    },
    result: () => ({
      gone: isWhole ? [...gone].filter((user) => !left.has(user)) : [],
      unresolved: isWhole ? [...unresolved] : undefined,
      into: [...targets].sort((a, b) => b[1] - a[1])[0]?.[0],
    }),
  };
}
