import type { RuleSettings } from '../../protocol/notices.ts';

const hourMs = 3_600_000;
/** Hour of the day at which daily notices are sent. */
const morning = 8;

/** Whether a rule may tell now what has waited since `first`. */
export function isTimeToTell(
  { quiet, pace, atMostEvery, timeZone }: RuleSettings,
  { now, first, toldAt }: { now: number; first: number; toldAt: number },
): boolean {
  if (quiet && isWithin(hourOfDay(now, timeZone), quiet)) return false;
  if (now - toldAt < atMostEvery * 60_000) return false;
  if (pace === 'hourly') return Math.floor(now / hourMs) > Math.floor(first / hourMs);
  if (pace === 'daily') return dayFromMorning(now, timeZone) !== dayFromMorning(first, timeZone);
  return true;
}

/** From 22 to 7 goes over midnight. */
const isWithin = (hour: number, { from, to }: { from: number; to: number }) =>
  from <= to ? hour >= from && hour < to : hour >= from || hour < to;

function hourOfDay(at: number, timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(at));
}

const dayFromMorning = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at - morning * hourMs);

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
