import { signal } from '@preact/signals';
import type { LiveMessage } from '../protocol/api.ts';

/** Whether arrivals are seen as they happen. */
export const liveState = signal<'connecting' | 'open' | 'lost'>('connecting');

/** A report that arrived; null after a gap, when anything may have. */
type Listener = (message: LiveMessage | null) => void;

const listeners = new Set<Listener>();
const tell = (message: LiveMessage | null) => listeners.forEach((listener) => listener(message));

/** Calls `listener` for each arrival; returns the function that stops it. */
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

function receive(message: MessageEvent<string>): void {
  tell(JSON.parse(message.data) as LiveMessage);
}

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
  source.addEventListener('message', receive);
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
