import type { LiveChange, LiveMessage } from '../../protocol/api.ts';
import type { LiveError } from '../../protocol/log-api.ts';
import type { KeptRecord } from '../store/log-store.ts';

/** An event that has just been filed. */
export interface FiledEvent {
  message: LiveMessage;
  error: LiveError;
  /** What filters look at: properties and values, and words. */
  values: [string, string][];
  text: string;
}

/** Tells whoever listens, in this process, what has just been filed, and what was done with issues. */
export interface LiveFeed {
  publish(message: FiledEvent): void;
  /** Whether anybody listens for messages. */
  isWatched(): boolean;
  /** Tells when that changes. */
  onWatch(tell: (isWatched: boolean) => void): void;
  /** Returns the function that ends it. */
  onMessage(listener: (message: FiledEvent) => void): () => void;
  publishChange(change: LiveChange): void;
  /** Returns the function that ends it. */
  onChange(listener: (change: LiveChange) => void): () => void;
}

/** Tells of the records of each commit. */
export interface LogFeed {
  publish(records: KeptRecord[]): void;
  /** Returns the function that ends it. */
  onMessage(listener: (records: KeptRecord[]) => void): () => void;
}

/** A listener that throws is told to `onError`: what is published has happened already. */
export function createLiveFeed(onError: (error: unknown) => void): LiveFeed {
  const messages = createListeners<FiledEvent>(onError);
  const changes = createListeners<LiveChange>(onError);
  return {
    publish: messages.tell,
    isWatched: () => messages.count() > 0,
    onWatch: (tell) => messages.onCount((count) => tell(count > 0)),
    onMessage: messages.add,
    publishChange: changes.tell,
    onChange: changes.add,
  };
}

export function createLogFeed(onError: (error: unknown) => void): LogFeed {
  const records = createListeners<KeptRecord[]>(onError);
  return { publish: records.tell, onMessage: records.add };
}

function createListeners<T>(onError: (error: unknown) => void) {
  const listeners = new Set<(what: T) => void>();
  let tellCount: (count: number) => void = () => undefined;
  return {
    count: () => listeners.size,
    onCount: (tell: (count: number) => void) => void (tellCount = tell),
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
      tellCount(listeners.size);
      return () => {
        listeners.delete(listener);
        tellCount(listeners.size);
      };
    },
  };
}
