import type { Level } from '../../protocol/event.ts';
import { ranks, type Threshold } from './levels.ts';

/** By the handler's name: `console`, `wire`, `breadcrumbs`, or that of a handler of your own. */
export type Thresholds = Record<string, Threshold>;

interface Rule {
  _prefix: string;
  _handler: string;
  _threshold: Threshold;
}

/** What has been said about the names of loggers, by prefix. */
export interface ThresholdRules {
  _set: (prefix: string, threshold: Threshold | Thresholds) => void;
  /** The one of the longest prefix; undefined where nothing was said. */
  _find: (logger: string, handler: string) => Threshold | undefined;
}

/** `checkout` holds for itself and for `checkout.payment`, not for `checkouts`. */
const isUnder = (name: string, prefix: string) => !prefix || name === prefix || name.startsWith(`${prefix}.`);

export function createThresholds(): ThresholdRules {
  let rules: Rule[] = [];
  return {
    _set(prefix, threshold) {
      const all = typeof threshold === 'string' ? { console: threshold, wire: threshold } : threshold;
      for (const [_handler, _threshold] of Object.entries(all)) {
        if (!Object.hasOwn(ranks, _threshold)) continue;
        rules = rules.filter((rule) => rule._prefix !== prefix || rule._handler !== _handler);
        rules.push({ _prefix: prefix, _handler, _threshold });
      }
      rules.sort((a, b) => b._prefix.length - a._prefix.length);
    },
    _find: (logger, handler) =>
      rules.find(({ _prefix, _handler }) => _handler === handler && isUnder(logger, _prefix))?._threshold,
  };
}

/** Whether a record of this level passes. */
export const passes = (level: Level, threshold: Threshold): boolean => ranks[level] >= ranks[threshold];
