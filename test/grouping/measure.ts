/** One event: the bug that it is of, and the group that a scheme put it into. */
export interface Grouped {
  bug: string;
  group: string;
}

export interface Measure {
  bugs: number;
  groups: number;
  /** Bugs that are exactly one group, which holds nothing else. */
  perfect: number;
  /** Of pairs of events in one group, those of one bug. */
  precision: number;
  /** Of pairs of events of one bug, those in one group. */
  recall: number;
  f1: number;
}

const pairs = (count: number) => (count * (count - 1)) / 2;

const sumPairs = (counts: Iterable<number>) => [...counts].reduce((sum, count) => sum + pairs(count), 0);

function countBy<T>(list: T[], keyOf: (entry: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of list) counts.set(keyOf(entry), (counts.get(keyOf(entry)) ?? 0) + 1);
  return counts;
}

const groupsByBug = (events: Grouped[]) => {
  const groups = new Map<string, Set<string>>();
  for (const { bug, group } of events) groups.set(bug, (groups.get(bug) ?? new Set()).add(group));
  return groups;
};

/** Pairwise precision and recall, and how many bugs are exactly one issue. */
export function measure(events: Grouped[]): Measure {
  const byBug = countBy(events, ({ bug }) => bug);
  const byGroup = countBy(events, ({ group }) => group);
  const byBoth = countBy(events, ({ bug, group }) => `${bug} ${group}`);
  const together = sumPairs(byBoth.values());
  const precision = together / Math.max(1, sumPairs(byGroup.values()));
  const recall = together / Math.max(1, sumPairs(byBug.values()));
  const isPerfect = (bug: string, [group, ...others]: string[]) =>
    group !== undefined && others.length === 0 && byGroup.get(group) === byBug.get(bug);
  const perfect = [...groupsByBug(events)].filter(([bug, groups]) => isPerfect(bug, [...groups])).length;
  return {
    bugs: byBug.size,
    groups: byGroup.size,
    perfect,
    precision,
    recall,
    f1: (2 * precision * recall) / Math.max(Number.MIN_VALUE, precision + recall),
  };
}
