import { useEffect, useState } from 'preact/hooks';
import { formatHour } from '../lib/format.ts';
import { liveState } from '../live.ts';

/** A short cut is nothing to tell of. */
const patienceMs = 3_000;

/** Says that what is shown may be old, until the collector is heard of again. */
export function Offline() {
  const [since, setSince] = useState<number>();
  const isLost = liveState.value === 'lost';
  useEffect(() => {
    if (!isLost) return setSince(undefined);
    const at = Date.now();
    const timer = setTimeout(() => setSince(at), patienceMs);
    return () => clearTimeout(timer);
  }, [isLost]);
  return (
    <div role="status">
      {since !== undefined && (
        <p class="offline">
          <strong>{navigator.onLine ? 'The collector cannot be reached.' : 'This browser is offline.'}</strong> What you
          see is from {formatHour(since)}. It will be brought up to date by itself.
        </p>
      )}
    </div>
  );
}
