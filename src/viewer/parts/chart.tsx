import { useEffect, useRef, useState } from 'preact/hooks';
import { countOf } from '../lib/format.ts';
import { drawBars, type Mark } from '../lib/draw-bars.ts';

interface ChartProps {
  /** Events a step, oldest first; the last step is under way. */
  counts: number[];
  stepMs: number;
  label: string;
  /** What happened in that time, such as releases; each stands in the label, too. */
  marks?: Mark[];
}

/** Bars over time; what the pointer is at stands below in words. */
export function Chart({ counts, stepMs, label, marks = [] }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState('');
  const total = counts.reduce((sum, value) => sum + value, 0);
  useEffect(() => {
    let undo: (() => void) | undefined;
    let isGone = false;
    // The chart library is half of the viewer's script: it comes when there is something to draw.
    void import('uplot').then(({ default: UPlot }) => {
      if (host.current && !isGone) undo = drawBars(UPlot, host.current, { counts, stepMs, marks, onPoint: setPointed });
    });
    return () => {
      isGone = true;
      undo?.();
    };
  }, [counts.join(), stepMs, marks.map(({ name }) => name).join()]);
  return (
    <figure class="chart">
      <div
        ref={host}
        class="chart-canvas"
        role="img"
        aria-label={[`${label}: ${countOf(total, 'event')}`, ...marks.map(({ name }) => name)].join(', ')}
      />
      <figcaption>{pointed || `${countOf(total, 'event')} in all`}</figcaption>
    </figure>
  );
}
