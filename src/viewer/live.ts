import { signal } from '@preact/signals';
import type { LiveChange, LiveMessage } from '../protocol/api.ts';

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

const retryMs = 5_000;
// A browser has six connections for one host over HTTP/1.1: tabs out of sight must not hold theirs for ever.
const hiddenMs = 60_000;

let source: EventSource | undefined;
let timer = 0;
let hadGap = false;

function receive({ data }: MessageEvent<string>): void {
  const arrival = JSON.parse(data) as LiveMessage;
  tell({ issueIds: [arrival.issueId], arrival });
}

const receiveChange = ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as LiveChange);

function open(): void {
  clearTimeout(timer);
  source?.close();
  source = new EventSource('/api/live');
  source.addEventListener('open', () => {
    liveState.value = 'open';
    if (hadGap) tell(null);
    hadGap = false;
  });
  source.addEventListener('event', receive);
  source.addEventListener('change', receiveChange);
  source.addEventListener('error', lose);
}

function lose(): void {
  liveState.value = 'lost';
  hadGap = true;
  // The browser reconnects by itself after a cut, but gives up for good when the answer is not a stream.
  if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, retryMs);
}

function close(): void {
  clearTimeout(timer);
  source?.close();
  source = undefined;
  hadGap = true;
}

function onVisibility(): void {
  clearTimeout(timer);
  if (document.visibilityState === 'hidden') timer = setTimeout(close, hiddenMs);
  else if (source?.readyState !== EventSource.OPEN) open();
}

function onPageShow({ persisted }: PageTransitionEvent): void {
  if (persisted) open();
}

/** Keeps the live stream open until the returned function is called. */
export function followLive(): () => void {
  open();
  document.addEventListener('visibilitychange', onVisibility);
  // A page in Chromium's back-forward cache would keep its connection, too: after six pages the next one hangs.
  addEventListener('pagehide', close);
  addEventListener('pageshow', onPageShow);
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    removeEventListener('pagehide', close);
    removeEventListener('pageshow', onPageShow);
    close();
  };
}
