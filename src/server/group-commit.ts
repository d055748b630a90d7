import { setImmediate } from 'node:timers/promises';

export interface GroupCommit<Item, Result> {
  /** Resolves after the commit that holds the item; rejects if that commit failed. */
  add(item: Item): Promise<Result>;
  /** Resolves when all that was added is committed. */
  drain(): Promise<void>;
}

/** Of a group, half a millisecond of work. */
const answersAtOnce = 4;

/**
 * Lets the arrivals of a few milliseconds share one commit, so that waiting for the disk does not cost throughput.
 * `write` gives one result for each item, in order.
 */
export function createGroupCommit<Item, Result>(
  write: (items: Item[]) => Promise<Result[]>,
  { waitMs = 4, maxItems = 500 }: { waitMs?: number; maxItems?: number } = {},
): GroupCommit<Item, Result> {
  type Waiting = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;

  type Answer = Omit<Waiting, 'item'>;
  // A group may be hundreds, and each answer is work: whoever else asks would wait for all of them.
  const answer = async (results: Result[], group: Answer[]) => {
    for (const [index, result] of results.entries()) {
      group[index]?.resolve(result);
      if (index % answersAtOnce === answersAtOnce - 1) await setImmediate();
    }
  };
  // Holds no item while it waits: they may be large.
  const settle = async (results: Promise<Result[]>, group: Answer[]) => {
    try {
      // Not waited for: the next group can be written meanwhile.
      void answer(await results, group);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
  const commit = (group: Waiting[]) =>
    settle(
      write(group.map(({ item }) => item)),
      group.map(({ resolve, reject }) => ({ resolve, reject })),
    );
  // What comes while one group is written is the next group: a slow disk makes them larger, not more.
  const writeAll = async () => {
    while (waiting.length > 0) {
      const rest = waiting.splice(maxItems);
      const committed = commit(waiting);
      waiting = rest;
      await committed;
    }
    writing = undefined;
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length > 0) writing ??= writeAll();
  };

  return {
    add(item) {
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (waiting.length >= maxItems) flush();
        else if (!writing) timer ??= setTimeout(flush, waitMs);
      });
    },
    async drain() {
      flush();
      while (writing) await writing;
    },
  };
}
