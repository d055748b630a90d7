import type { NoticeStore } from './store/notice-store.ts';

/** Counts how often pages were opened. */
export interface Visits {
  add(projectId: string, count: number): void;
  /** Writes what has been counted, and ends. */
  stop(): Promise<void>;
}

/** Written together: they are counts, not reports, and a collector that is killed may lose those of so many ms. */
const writeMs = 1_000;

export function createVisits(store: Pick<NoticeStore, 'addVisits'>, onError: (error: unknown) => void): Visits {
  let counts = new Map<string, number>();
  const write = async () => {
    const those = [...counts];
    counts = new Map();
    for (const [projectId, count] of those) await store.addVisits(projectId, Date.now(), count).catch(onError);
  };
  const timer = setInterval(() => void write(), writeMs).unref();
  return {
    add: (projectId, count) => void counts.set(projectId, (counts.get(projectId) ?? 0) + count),
    async stop() {
      clearInterval(timer);
      await write();
    },
  };
}
