import { formatAgo, formatTime } from '../lib/format.ts';
import { now } from '../lib/now.ts';

/** How long ago, with the exact time on hover. */
export function Ago({ at, short = false }: { at: number; short?: boolean }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatTime(at)}>
      {formatAgo(at, Math.max(now.value, Date.now()), short ? 'short' : 'long')}
    </time>
  );
}
