import { attempt } from './lib/attempt.ts';

export interface Outbox {
  _put: (key: string, text: string) => void;
  _remove: (key: string) => void;
  /** All that is there, of earlier visits and other tabs too. What cannot be read is undefined. */
  _read: () => [key: string, value: unknown][];
}

/** Keeps what the collector has not answered yet. Denied and full storage is no error: the queue has it in memory too. */
export function createOutbox(endpoint: string, getStorage: () => Storage | undefined): Outbox {
  const storage = attempt(getStorage);
  // Everything we store begins with this. What waits for another collector is not ours.
  const prefix = `pagefault:${endpoint}:`;
  return {
    _put: (key, text) => attempt(() => storage?.setItem(prefix + key, text)),
    _remove: (key) => attempt(() => storage?.removeItem(prefix + key)),
    _read: () =>
      Object.keys(storage ?? {})
        .filter((key) => key.startsWith(prefix))
        .map((key) => [key.slice(prefix.length), attempt((): unknown => JSON.parse(storage?.getItem(key) ?? ''))]),
  };
}
