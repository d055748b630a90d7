const number = new Intl.NumberFormat();
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });
const hour = {
  long: new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }),
  short: new Intl.DateTimeFormat(undefined, { hour: 'numeric' }),
};
// The words around it are English, whatever the reader's numbers and dates look like.
const relative = {
  long: new Intl.RelativeTimeFormat('en', { numeric: 'auto' }),
  short: new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'narrow' }),
};

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

export const formatNumber = (value: number) => number.format(value);
export const formatCompact = (value: number) => (value < 10_000 ? number.format(value) : compact.format(value));
const clock = new Intl.DateTimeFormat(undefined, {
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 },
  hourCycle: 'h23',
});

export const formatTime = (at: number) => absolute.format(at);
/** `14:03:07.250` for today, `20 Nov, 14:03` for another day. */
export function formatClock(at: number, today: number): string {
  const isToday = new Date(at).toDateString() === new Date(today).toDateString();
  return isToday ? clock.format(at) : `${day.short.format(at)}, ${hour.long.format(at)}`;
}
const day = {
  long: new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' }),
  short: new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' }),
};

export const formatDay = (at: number, style: 'long' | 'short' = 'long') => day[style].format(at);
export const formatHour = (at: number, style: 'long' | 'short' = 'long') => hour[style].format(at);

/** `1 event`, `2 events`, `1,234 events`. */
export const countOf = (count: number, one: string, many = `${one}s`) =>
  `${formatNumber(count)} ${count === 1 ? one : many}`;

/** How long ago `at` was. A clock a little behind the collector's never says "in 3 seconds". */
export function formatAgo(at: number, now: number, style: 'long' | 'short' = 'long'): string {
  const passed = Math.max(0, now - at);
  const unit = units.find(([, ms]) => passed >= ms);
  if (!unit) return 'just now';
  return relative[style].format(-Math.floor(passed / unit[1]), unit[0]);
}

/** `40 ms`, `1.3 s`, `2 min 5 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.round((ms % 60_000) / 1_000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `−1.3 s`: how long `at` was before `end`. */
export function formatBefore(at: number, end: number): string {
  if (at === end) return '0';
  return at > end ? `+${formatDuration(at - end)}` : `−${formatDuration(end - at)}`;
}

export const formatPercent = (share: number) => (share > 0 && share < 0.01 ? '<1%' : `${Math.round(share * 100)}%`);

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** `1.2 MB`, with the reader's own digits. */
export function formatBytes(bytes: number): string {
  const step = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const unit = byteUnits[step] ?? 'byte';
  return new Intl.NumberFormat(undefined, { style: 'unit', unit, maximumFractionDigits: 1 }).format(
    bytes / 1_000 ** step,
  );
}
