import type { LiveMessage } from '../../protocol/api.ts';

/** Tells whoever listens, in this process, what has just been filed. */
export interface LiveFeed {
  publish(message: LiveMessage): void;
  /** Returns the function that ends it. */
  onMessage(listener: (message: LiveMessage) => void): () => void;
}

export function createLiveFeed(): LiveFeed {
  const listeners = new Set<(message: LiveMessage) => void>();
  return {
    publish(message) {
      for (const listener of listeners) listener(message);
    },
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
