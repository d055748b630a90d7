import { countOf } from '../lib/format.ts';

const height = 24;

function bars(values: number[]): string {
  const top = Math.max(1, ...values);
  return values
    .map((value, at) => {
      // One event must be seen beside an hour of thousands.
      const size = value === 0 ? 0 : Math.max(2, (value / top) * height);
      return size ? `M${at + 0.12} ${height}v-${size.toFixed(1)}h.76v${size.toFixed(1)}z` : '';
    })
    .join('');
}

/** Events an hour, oldest first. One path a row: a chart library per row would cost more than it shows. */
export function Sparkline({ hourly }: { hourly: number[] }) {
  const total = hourly.reduce((sum, value) => sum + value, 0);
  const words = `${countOf(total, 'event')} in the last 24 hours`;
  return (
    <span class="sparkline" title={words}>
      <svg viewBox={`0 0 ${hourly.length || 1} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path class="sparkline-base" d={`M0 ${height - 0.5}H${hourly.length}`} />
        <path class="sparkline-bars" d={bars(hourly)} />
      </svg>
      <span class="off-screen">{words}</span>
    </span>
  );
}
