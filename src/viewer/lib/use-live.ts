import { useEffect, useRef } from 'preact/hooks';
import { onLive, type News } from '../live.ts';

/** At most this often does a burst of reports ask the collector again. */
const gatherMs = 400;

/**
 * Calls `react` with the issues that changed, soon after something arrived, or was done, that `concerns` says is of
 * interest.
 * After a gap in the stream the set is empty: anything may have changed.
 */
export function useLive(concerns: (news: News) => boolean, react: (touched: Set<string>) => void): void {
  const latest = useRef({ concerns, react });
  latest.current = { concerns, react };
  useEffect(() => {
    let touched = new Set<string>();
    let timer = 0;
    const fire = () => {
      timer = 0;
      latest.current.react(touched);
      touched = new Set();
    };
    const stop = onLive((news) => {
      if (news && !latest.current.concerns(news)) return;
      for (const id of news?.issueIds ?? []) touched.add(id);
      timer ||= setTimeout(fire, gatherMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
}
