import { setImmediate, setTimeout } from 'node:timers/promises';

export interface Worker {
  /** There may be something to do. */
  wake(): void;
  /** Resolves when nothing is left to do. */
  drain(): Promise<void>;
  /** Finishes what is under way, then does no more. */
  stop(): Promise<void>;
}

const retryMs = 1_000;

/**
 * Takes work in batches until there is none, and lets requests in between. A batch that fails is tried item by item, so
 * that one bad item does not hold up the rest; an item that fails alone goes to `rescue`. If that fails too (a full disk),
 * everything waits and is tried again.
 */
export function createWorker<Item>(options: {
  take(): Promise<Item[]>;
  work(items: Item[]): Promise<void>;
  rescue(item: Item, error: unknown): Promise<void>;
  onError(error: unknown): void;
}): Worker {
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let isWoken = false;

  const oneByOne = async (items: Item[]) => {
    for (const item of items) {
      await options.work([item]).catch((error: unknown) => options.rescue(item, error));
    }
  };
  const run = async () => {
    while (isWoken && !stopping.signal.aborted) {
      isWoken = false;
      try {
        for (let items = await options.take(); items.length > 0; items = await options.take()) {
          await options.work(items).catch(() => oneByOne(items));
          if (stopping.signal.aborted) return;
          await setImmediate();
        }
      } catch (error) {
        options.onError(error);
        isWoken = true;
        await setTimeout(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };
  const wake = () => {
    isWoken = true;
    running ??= run().finally(() => {
      running = undefined;
      // Woken in the moment between the last look and here.
      if (isWoken && !stopping.signal.aborted) wake();
    });
  };
  return {
    wake,
    async drain() {
      while (running) await running;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
