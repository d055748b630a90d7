import { useState } from 'preact/hooks';
import type { OverviewHour } from '../../protocol/api.ts';
import { countOf, formatHour, formatNumber } from '../lib/format.ts';

const height = 100;

const tell = ({ at, events, usual }: OverviewHour) =>
  `${formatHour(at)}: ${countOf(events, 'event')}${usual === null ? '' : `, usually ${formatNumber(usual)}`}`;

/** Events of 24 hours as bars, and what is usual as a line across them. Drawn by hand: a chart library is 20 kB. */
export function HoursChart({ hours }: { hours: OverviewHour[] }) {
  const [pointed, setPointed] = useState<OverviewHour>();
  const top = Math.max(1, ...hours.map(({ events, usual }) => Math.max(events, usual ?? 0)));
  const y = (value: number) => height - (value / top) * (height - 2);
  const total = hours.reduce((sum, { events }) => sum + events, 0);
  const line = hours.map(({ usual }, x) => (!usual ? '' : `M${x} ${y(usual)}h1`)).join('');
  const hasUsual = hours.some(({ usual }) => usual !== null);
  return (
    <figure class="hours">
      <div class="hours-scale" aria-hidden="true">
        <span>{formatNumber(top)}</span>
        <span>0</span>
      </div>
      <svg
        viewBox={`0 0 ${hours.length} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Events an hour over the last 24 hours: ${formatNumber(total)} in all. ${hours
          .filter(({ events }) => events > 0)
          .map(tell)
          .join('; ')}`}
        onPointerLeave={() => setPointed(undefined)}
      >
        {hours.map((hour, x) => (
          <g key={hour.at} class={isHigh(hour) ? 'hour high' : 'hour'} onPointerMove={() => setPointed(hour)}>
            <path class="hour-room" d={`M${x} 0h1v${height}h-1z`} />
            {hour.events > 0 && <path class="hour-bar" d={`M${x + 0.12} ${height}V${y(hour.events)}h.76V${height}z`} />}
          </g>
        ))}
        <path class="hours-usual" d={line} />
      </svg>
      <div class="hours-times" aria-hidden="true">
        {[0, 6, 12, 18].map((at) => (
          <span key={at}>{formatHour(hours[at]?.at ?? 0, 'short')}</span>
        ))}
        <span>now</span>
      </div>
      <figcaption class="hint">
        {pointed ? (
          tell(pointed)
        ) : (
          <>
            {countOf(total, 'event')} in all.{' '}
            {hasUsual ? (
              <>
                <span class="usual-mark" /> what is usual at this hour, by the days before.
              </>
            ) : (
              'What is usual will be shown after two days.'
            )}
          </>
        )}
      </figcaption>
    </figure>
  );
}

/** So far above the usual that it should be looked at, and no single event more or less. */
export const isHigh = ({ events, usual }: OverviewHour) => usual !== null && events >= 5 && events > usual * 2;
