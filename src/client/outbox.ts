import { attempt } from './lib/attempt.ts';
import { win } from './lib/win.ts';
import type { Options } from './options.ts';

export interface Outbox {
  /** Without a text: takes it away. */
  _put: (key: string, text?: string) => void;
  /** All that is there, of earlier visits and other tabs too. What cannot be read is undefined. */
  _read: () => [key: string, value: unknown][];
}

/**
 * Keeps what the collector has not answered yet. Denied and full storage is no error: the queue has it in memory too. Asked
 * for when it is needed: the first time, the page waits for another process.
 */
export function createOutbox(options: Options): Outbox {
  const use = <T>(run: (storage: Storage) => T) =>
    attempt(() => (options.outbox === 'memory' ? undefined : run(win.localStorage)));
  // Everything we store begins with this. What waits for another collector is not ours.
  const prefix = `pagefault:${options.endpoint}:`;
  return {
    _put: (key, text) =>
      use((storage) => (text ? storage.setItem(prefix + key, text) : storage.removeItem(prefix + key))),
    _read: () =>
      use((storage) =>
        Object.keys(storage)
          .filter((key) => key.startsWith(prefix))
          .map((key) => [key.slice(prefix.length), attempt((): unknown => JSON.parse(storage.getItem(key) ?? ''))]),
      ) ?? [],
  };
}
