/** Everything we store begins with this. */
const prefix = 'pagefault:';

export interface Outbox {
  _put: (key: string, text: string) => void;
  _remove: (key: string) => void;
  /** Every entry of earlier visits and other tabs, `[key, value]`; corrupt ones are removed. */
  _read: () => [string, unknown][];
}

/** Keeps what the collector has not answered yet. Denied and full storage is no error: the queue has it in memory too. */
export function createOutbox(storage: () => Storage | undefined): Outbox {
  const guard = <T>(use: (store: Storage) => T): T | undefined => {
    try {
      const store = storage();
      return store && use(store);
    } catch {
      return undefined;
    }
  };
  const remove = (key: string) => void guard((store) => store.removeItem(prefix + key));
  return {
    _put: (key, text) => void guard((store) => store.setItem(prefix + key, text)),
    _remove: remove,
    _read: () =>
      guard((store) =>
        Object.keys(store)
          .filter((key) => key.startsWith(prefix))
          .map((key): [string, unknown] => {
            const name = key.slice(prefix.length);
            try {
              return [name, JSON.parse(store.getItem(key) ?? '')];
            } catch {
              remove(name);
              return [name, undefined];
            }
          }),
      ) ?? [],
  };
}
