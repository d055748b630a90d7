import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '../../src/protocol/event.ts';
import { digestEvent } from '../../src/server/digest.ts';
import { lineTest } from '../../src/server/group/calls.ts';
import { openSqliteStore } from '../../src/server/store/sqlite.ts';
import type { KeptEvent } from '../../src/server/store/store.ts';
import { createArtifacts } from '../../src/server/symbolicate/artifacts.ts';
import { createIndexer } from '../../src/server/symbolicate/indexer.ts';
import { createMapCache } from '../../src/server/symbolicate/map-cache.ts';
import { createSymbolicate, type Symbolicate } from '../../src/server/symbolicate/symbolicate.ts';
import { createRandom } from '../helpers/random.ts';
import type { Build, Corpus, Recorded } from './corpus.ts';
import { exceptionsOf } from './throw-again.ts';

/** The collector's own stages and store, without HTTP. */
export interface Pipeline {
  symbolicate: Symbolicate;
  /** Files the events in their order; the issue of each. */
  file(events: Event[]): Promise<string[]>;
  close(): Promise<void>;
}

const projectId = '1';
const batchSize = 100;

export const releaseOf = ({ builder, release }: Build) => `${release}.0.0-${builder}`;

/** Opens a store with one project, which has the corpus's maps or none. */
export async function openPipeline({ builds }: Corpus, hasMaps: boolean): Promise<Pipeline> {
  const folder = mkdtempSync(join(tmpdir(), 'grouping-'));
  const store = openSqliteStore(folder);
  const indexer = createIndexer();
  const artifacts = createArtifacts(store.artifacts, indexer);
  const symbolicate = createSymbolicate(
    store.artifacts,
    createMapCache(store.artifacts, { ...artifacts, ...indexer }),
    lineTest,
  );
  await store.records.addProject('shop', 'key-of-the-shop-0000', 0);
  for (const build of hasMaps ? builds : []) {
    for (const [name, text] of Object.entries(build.maps)) {
      await artifacts.upload({ projectId, release: releaseOf(build), name: `${name}.map`, text }, 0);
    }
  }
  let seq = 0;
  const fileBatch = async (events: Event[]) => {
    const arrivals = events.map((event) => {
      return { id: event.id, receivedAt: 0, happenedAt: event.at, json: Buffer.from(JSON.stringify(event)) };
    });
    await store.events.append([{ projectId, arrivals, dropped: [], receivedAt: 0 }]);
    const kept: KeptEvent[] = [];
    while (kept.length < events.length) kept.push(...(await store.events.undigested(batchSize, seq + kept.length)));
    seq += kept.length;
    const filed = await store.fileDigested(
      await Promise.all(kept.map((one) => digestEvent(one, symbolicate, async () => []))),
      kept.map(({ event, ...one }) => ({ ...one, id: event.id })),
    );
    return filed.map(({ issueId }) => issueId);
  };
  return {
    symbolicate,
    async file(events) {
      const issues: string[] = [];
      for (let at = 0; at < events.length; at += batchSize)
        issues.push(...(await fileBatch(events.slice(at, at + batchSize))));
      return issues;
    },
    async close() {
      await indexer.close();
      store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The event that the reporter would have sent. */
export function eventOf({ builds }: Corpus, recorded: Recorded, number: number): Event {
  const { mechanism, engine, build, thrown } = recorded;
  return {
    id: `event-${String(number).padStart(12, '0')}`,
    at: number,
    level: 'error',
    mechanism,
    handled: false,
    exceptions: exceptionsOf(thrown),
    breadcrumbs: [],
    count: 1,
    release: releaseOf(builds[build] as Build),
    browser: { name: engine },
  };
}

/** One build is deployed after the other; while it is, events come in any order. */
export function inOrderOfArrival(events: Recorded[], seed = 1): Recorded[] {
  const { next } = createRandom(seed);
  const tickets = new Map(events.map((event) => [event, event.build + next()]));
  return [...events].sort((a, b) => (tickets.get(a) ?? 0) - (tickets.get(b) ?? 0));
}
