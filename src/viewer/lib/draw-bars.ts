import type uPlot from 'uplot';
import { countOf } from './format.ts';

interface Bars {
  counts: number[];
  stepMs: number;
  /** Drawn as a line with its name, where there is room for it. */
  marks?: Mark[];
  /** Called with what the pointer is at, in words; empty when it has left. */
  onPoint: (words: string) => void;
}

/** Something that happened at a time. */
export interface Mark {
  at: number;
  name: string;
}

const height = 120;
const hourMs = 3_600_000;
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const axisHour = new Intl.DateTimeFormat(undefined, { hour: 'numeric' });

/** Starts of the steps, in seconds as uPlot wants them. The last step ends with the present hour. */
function starts({ counts, stepMs }: Bars): number[] {
  const end = (Math.floor(Date.now() / hourMs) + 1) * hourMs;
  return counts.map((_, at) => (end - (counts.length - at) * stepMs) / 1_000);
}

function options(UPlot: typeof uPlot, host: HTMLElement, bars: Bars): uPlot.Options {
  // The stylesheet gives its colours, so that both themes are written down in one place.
  const { color, borderTopColor, accentColor } = getComputedStyle(host);
  const axis: uPlot.Axis = {
    stroke: color,
    grid: { stroke: borderTopColor, width: 1 },
    ticks: { show: false },
    font: '11px system-ui, sans-serif',
  };
  const isHourly = bars.stepMs < 24 * hourMs;
  const words = (seconds: number) => (isHourly ? hour : day).format(seconds * 1_000);
  const axisWords = (seconds: number) => (isHourly ? axisHour : day).format(seconds * 1_000);
  return {
    width: host.clientWidth,
    height,
    // The last time stands in the middle below its line.
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { setScale: false } },
    // A bar begins at its time and is one step wide: the last one needs its place, too.
    scales: {
      x: { range: (_, min, max) => [min, max + bars.stepMs / 1_000] },
      y: { range: (_, __, max) => [0, Math.max(1, max)] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 22, space: 56, values: (_, splits) => splits.map(axisWords) },
      { ...axis, size: 34, space: 30, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 1e5, 1e6] },
    ],
    series: [{}, { fill: accentColor, width: 0, points: { show: false }, ...barPaths(UPlot) }],
    hooks: {
      draw: [(chart) => drawMarks(chart, bars.marks ?? [], color)],
      setCursor: [
        ({ cursor: { idx }, data }) => {
          const at = idx == null ? undefined : data[0][idx];
          if (at === undefined) return bars.onPoint('');
          const marks = (bars.marks ?? []).filter(({ at: time }) => time >= at * 1e3 && time < at * 1e3 + bars.stepMs);
          const named = marks.map(({ name }) => ` · ${name}`).join('');
          bars.onPoint(`${words(at)}: ${countOf(bars.counts[idx ?? 0] ?? 0, 'event')}${named}`);
        },
      ],
    },
  };
}

const [labelSize, labelGap] = [11, 6];

function drawMarks(chart: uPlot, marks: Mark[], color: string): void {
  const { ctx, bbox } = chart;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = color;
  ctx.setLineDash([3 * scale, 3 * scale]);
  ctx.font = `${labelSize * scale}px system-ui, sans-serif`;
  [ctx.textBaseline, ctx.textAlign] = ['top', 'left'];
  let free = bbox.left;
  for (const { at, name } of marks) {
    const x = Math.round(chart.valToPos(at / 1_000, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const width = ctx.measureText(name).width + labelGap * scale;
    // Left of its line where there is no room at its right.
    const left = x + width > bbox.left + bbox.width ? x - width : x + (labelGap / 2) * scale;
    if (left < free) continue;
    ctx.fillText(name, left, bbox.top);
    free = left + width;
  }
  ctx.restore();
}

function barPaths(UPlot: typeof uPlot): Pick<uPlot.Series, 'paths'> {
  const paths = UPlot.paths.bars?.({ size: [0.7, 40], align: 1 });
  return paths ? { paths } : {};
}

/** Draws bars that fill `host` and follow its width and the theme; returns the function that removes them. */
export function drawBars(UPlot: typeof uPlot, host: HTMLElement, bars: Bars): () => void {
  const data: uPlot.AlignedData = [starts(bars), bars.counts];
  let chart = new UPlot(options(UPlot, host, bars), data, host);
  const redraw = () => {
    chart.destroy();
    chart = new UPlot(options(UPlot, host, bars), data, host);
  };
  const resize = new ResizeObserver(() => {
    if (host.clientWidth && host.clientWidth !== chart.width) chart.setSize({ width: host.clientWidth, height });
  });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  resize.observe(host);
  dark.addEventListener('change', redraw);
  return () => {
    resize.disconnect();
    dark.removeEventListener('change', redraw);
    chart.destroy();
  };
}
