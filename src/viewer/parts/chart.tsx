import { useState } from 'preact/hooks';
import { countOf, formatDay, formatHour, formatNumber } from '../lib/format.ts';

/** Something that happened at a time. */
export interface Mark {
  at: number;
  name: string;
}

interface ChartProps {
  /** Events a step, oldest first; the last step is under way. */
  counts: number[];
  stepMs: number;
  label: string;
  /** What happened in that time, such as releases; each is a line with its name. */
  marks?: Mark[];
}

const height = 100;
const hourMs = 3_600_000;
const shownTimes = 4;

/** Of the width: two names closer than this would stand on each other. */
const minGap = 0.28;

/** Bars over time; what the pointer is at stands below in words. Drawn by hand: a chart library is 20 kB. */
export function Chart({ counts, stepMs, label, marks = [] }: ChartProps) {
  const [pointed, setPointed] = useState<number>();
  const end = (Math.floor(Date.now() / hourMs) + 1) * hourMs;
  const start = end - counts.length * stepMs;
  const startOf = (step: number) => start + step * stepMs;
  const top = Math.max(1, ...counts);
  const total = counts.reduce((sum, value) => sum + value, 0);
  const format = stepMs < 24 * hourMs ? formatHour : formatDay;
  const marksOf = (step: number) => marks.filter(({ at }) => at >= startOf(step) && at < startOf(step + 1));
  const tell = (step: number) =>
    [`${format(startOf(step))}: ${countOf(counts[step] ?? 0, 'event')}`, ...marksOf(step).map(({ name }) => name)].join(
      ' · ',
    );
  const seen = counts.flatMap((count, step) => (count || marksOf(step).length ? [tell(step)] : []));
  return (
    <figure class="hours chart">
      <div class="hours-scale" aria-hidden="true">
        <span>{formatNumber(top)}</span>
        <span>0</span>
      </div>
      <div class="chart-field" onPointerLeave={() => setPointed(undefined)}>
        <svg
          viewBox={`0 0 ${counts.length} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${label}: ${formatNumber(total)} in all. ${seen.join('; ')}`}
        >
          {counts.map((count, step) => (
            <g key={step} class="hour" onPointerMove={() => setPointed(step)}>
              <path class="hour-room" d={`M${step} 0h1v${height}h-1z`} />
              {count > 0 && <path class="hour-bar" d={bar(step, count / top)} />}
            </g>
          ))}
        </svg>
        <Marks marks={marks} start={start} end={end} />
      </div>
      <div class="hours-times" aria-hidden="true">
        {Array.from({ length: shownTimes }, (_, at) => (
          <span key={at}>{format(startOf(Math.floor((at * counts.length) / shownTimes)), 'short')}</span>
        ))}
        <span>now</span>
      </div>
      <figcaption class="hint">
        {pointed === undefined ? `${countOf(total, 'event')} in all` : tell(pointed)}
      </figcaption>
    </figure>
  );
}

/** One event must be seen beside an hour of thousands. */
function bar(step: number, share: number): string {
  const size = Math.max(2, share * (height - 2));
  return `M${step + 0.15} ${height}v${-size}h.7v${size}z`;
}

function Marks({ marks, start, end }: { marks: Mark[]; start: number; end: number }) {
  let last = -minGap;
  return (
    <ul class="chart-marks" aria-hidden="true">
      {marks
        .filter(({ at }) => at >= start && at < end)
        .map(({ at, name }) => {
          const share = (at - start) / (end - start);
          // A name at the end stands to the left of its line, towards the one before.
          const hasRoom = share - last >= (share > 1 - minGap ? 2 * minGap : minGap);
          if (hasRoom) last = share;
          return (
            <li key={name} class={share > 1 - minGap ? 'late' : undefined} style={{ left: `${share * 100}%` }}>
              {hasRoom && <span class="foreign">{name}</span>}
            </li>
          );
        })}
    </ul>
  );
}
