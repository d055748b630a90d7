const retryMs = 5_000;
// A browser has six connections for one host over HTTP/1.1: tabs out of sight must not hold theirs for ever.
const hiddenMs = 60_000;

export interface StreamUse {
  /** By the name of the message: what it says, as JSON. */
  on: Record<string, (data: string) => void>;
  /** Told at each change: whether messages come now. */
  onState?: (state: 'open' | 'lost') => void;
  /** Anything may have been missed. */
  onGap: () => void;
  /** What was missed in a cut comes with the browser's next connection. Default: false, a cut is a gap. */
  isMadeUp?: boolean;
}

/** Keeps an event stream open while the page is seen, until the returned function is called. */
export function followStream(url: string, { on, onState, onGap, isMadeUp = false }: StreamUse): () => void {
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
    const opened = (source = new EventSource(url));
    opened.addEventListener('open', () => {
      onState?.('open');
      if (hadGap) onGap();
      hadGap = false;
    });
    for (const [name, tell] of Object.entries(on))
      opened.addEventListener(name, ({ data }: MessageEvent<string>) => tell(data));
    opened.addEventListener('error', () => {
      onState?.('lost');
      // The browser reconnects by itself after a cut, but gives up for good when the answer is not a stream.
      const isOver = opened.readyState === EventSource.CLOSED;
      if (isOver || !isMadeUp) hadGap = true;
      if (isOver) timer = setTimeout(open, retryMs);
    });
  };
  const onVisibility = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') timer = setTimeout(close, hiddenMs);
    else if (source?.readyState !== EventSource.OPEN) open();
  };
  const onPageShow = ({ persisted }: PageTransitionEvent) => persisted && open();
  open();
  hadGap = false;
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
