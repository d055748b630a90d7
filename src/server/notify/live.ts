import type { LiveChange, LiveMessage } from '../../protocol/api.ts';

/** Tells whoever listens, in this process, what has just been filed, and what was done with issues. */
export interface LiveFeed {
  publish(message: LiveMessage): void;
  /** Returns the function that ends it. */
  onMessage(listener: (message: LiveMessage) => void): () => void;
  publishChange(change: LiveChange): void;
  /** Returns the function that ends it. */
  onChange(listener: (change: LiveChange) => void): () => void;
}

/** A listener that throws is told to `onError`: what is published has happened already. */
export function createLiveFeed(onError: (error: unknown) => void): LiveFeed {
  const messages = createListeners<LiveMessage>(onError);
  const changes = createListeners<LiveChange>(onError);
  return { publish: messages.tell, onMessage: messages.add, publishChange: changes.tell, onChange: changes.add };
}

function createListeners<T>(onError: (error: unknown) => void) {
  const listeners = new Set<(what: T) => void>();
  return {
    tell(what: T) {
      for (const listener of listeners) {
        try {
          listener(what);
        } catch (error) {
          onError(error);
        }
      }
    },
    add(listener: (what: T) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
