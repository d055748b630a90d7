import type { Named } from '../../protocol/event.ts';
import { named, withoutZeros } from '../lib/named.ts';

/** A browser or system; its version as it came on hover, where it is shown shorter. */
export function Version({ of }: { of: Named }) {
  const whole = named(of);
  const short = withoutZeros(whole);
  return short === whole ? <>{whole}</> : <span title={whole}>{short}</span>;
}
