const days = 14;
const hoursPerDay = 24;

/** First hour that is needed to say what is usual in one. */
export const firstHourFor = (hour: number): number => hour - days * hoursPerDay;

/**
 * What is usual for an hour (since 1970): the median of the same hour of the days before, since the first day with any
 * event. Undefined while there was none.
 */
export function usual(counts: ReadonlyMap<number, number>, hour: number): number | undefined {
  const first = Math.min(...counts.keys());
  const same = Array.from({ length: days }, (_, day) => hour - (day + 1) * hoursPerDay)
    .filter((each) => each >= first)
    .map((each) => counts.get(each) ?? 0)
    .sort((a, b) => a - b);
  if (same.length === 0) return undefined;
  const middle = same.length >> 1;
  return same.length % 2 ? same[middle] : ((same[middle - 1] ?? 0) + (same[middle] ?? 0)) / 2;
}
