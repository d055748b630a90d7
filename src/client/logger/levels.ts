import type { Level } from '../../protocol/event.ts';

/** A level, or `off`: nothing passes. */
export type Threshold = Level | 'off';

/** A level passes every threshold that ranks no higher. */
export const ranks: Readonly<Record<Threshold, number>> = {
  trace: 0,
  debug: 1,
  info: 2,
  notice: 3,
  warning: 4,
  error: 5,
  critical: 6,
  off: 7,
};
