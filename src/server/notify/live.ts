import type { LiveMessage } from '../../protocol/api.ts';

/** Tells whoever listens, in this process, what has just been filed. */
export interface LiveFeed {
  publish(message: LiveMessage): void;
  /** Returns the function that ends it. */
  onMessage(listener: (message: LiveMessage) => void): () => void;
}

/** A listener that throws is told to `onError`: what is published has happened already. */
export function createLiveFeed(onError: (error: unknown) => void): LiveFeed {
  const listeners = new Set<(message: LiveMessage) => void>();
  return {
    publish(message) {
      for (const listener of listeners) {
        try {
          listener(message);
        } catch (error) {
          onError(error);
        }
      }
    },
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
