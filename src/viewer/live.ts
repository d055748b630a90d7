import { signal } from '@preact/signals';
import type { LiveChange, LiveMessage } from '../protocol/api.ts';
import { followStream } from './lib/follow-stream.ts';

/** Whether arrivals are seen as they happen. */
export const liveState = signal<'connecting' | 'open' | 'lost'>('connecting');

/** Issues that are no longer as they were, and the report that arrived, if it was one rather than a person's doing. */
export interface News {
  issueIds: string[];
  arrival?: LiveMessage;
}

/** Null after a gap, when anything may have changed. */
type Listener = (news: News | null) => void;

const listeners = new Set<Listener>();
const tell = (news: News | null) => listeners.forEach((listener) => listener(news));

/** Calls `listener` for each arrival and each change; returns the function that stops it. */
export function onLive(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps the live stream open until the returned function is called. */
export const followLive = (): (() => void) =>
  followStream('/api/live', {
    on: {
      event(data) {
        const arrival = JSON.parse(data) as LiveMessage;
        tell({ issueIds: [arrival.issueId], arrival });
      },
      change: (data) => tell(JSON.parse(data) as LiveChange),
    },
    onState: (state) => (liveState.value = state),
    onGap: () => tell(null),
  });
