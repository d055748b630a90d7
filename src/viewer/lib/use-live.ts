import { useEffect, useRef } from 'preact/hooks';
import type { LiveMessage } from '../../protocol/api.ts';
import { onLive } from '../live.ts';

/** At most this often does a burst of reports ask the collector again. */
const gatherMs = 400;

/**
 * Calls `react` with the issues that changed, soon after something arrived that `concerns` says is of interest.
 * After a gap in the stream the set is empty: anything may have changed.
 */
export function useLive(concerns: (message: LiveMessage) => boolean, react: (touched: Set<string>) => void): void {
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
    const stop = onLive((message) => {
      if (message && !latest.current.concerns(message)) return;
      if (message) touched.add(message.issueId);
      timer ||= setTimeout(fire, gatherMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
}
