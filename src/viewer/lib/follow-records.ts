import type { LogLine } from '../../protocol/log-api.ts';

// A browser has six connections for one host over HTTP/1.1: tabs out of sight must not hold theirs for ever.
const hiddenMs = 60_000;
const retryMs = 5_000;

/**
 * Tells of records as they are kept, until the returned function is called. What was missed in a short cut comes with the
 * next connection; after a longer one `onGap` says that anything may be missing.
 */
export function followRecords(url: string, onRecord: (record: LogLine) => void, onGap: () => void): () => void {
  let source: EventSource | undefined;
  let timer = 0;
  let hadGap = false;
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
    hadGap = true;
  };
  const open = () => {
    close();
    const isAgain = wasOpen;
    source = new EventSource(url);
    source.addEventListener('open', () => {
      if (isAgain && hadGap) onGap();
      hadGap = false;
      wasOpen = true;
    });
    source.addEventListener('record', ({ data }: MessageEvent<string>) => onRecord(JSON.parse(data) as LogLine));
    source.addEventListener('error', () => {
      // By itself the browser comes back after a cut, but not when the answer is no stream.
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, retryMs);
    });
  };
  let wasOpen = false;
  const onVisibility = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') timer = setTimeout(close, hiddenMs);
    else if (!source || source.readyState === EventSource.CLOSED) open();
  };
  const onPageShow = ({ persisted }: PageTransitionEvent) => persisted && open();
  open();
  document.addEventListener('visibilitychange', onVisibility);
  addEventListener('pagehide', close);
  addEventListener('pageshow', onPageShow);
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    removeEventListener('pagehide', close);
    removeEventListener('pageshow', onPageShow);
    close();
  };
}
