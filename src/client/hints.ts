import type { Hints } from '../protocol/event.ts';
import { win } from './lib/win.ts';

interface HintedNavigator extends Navigator {
  userAgentData?: { getHighEntropyValues?: (names: string[]) => Promise<Hints> };
}

/**
 * What the collector cannot see in the User-Agent header, and what stood there when it happened: a report may be sent by
 * a newer browser. True versions come later: nothing waits for them.
 */
export function findHints(set: (name: 'hints', hints: Hints) => void): void {
  const { userAgent, userAgentData, maxTouchPoints: touchPoints } = win.navigator as HintedNavigator;
  const add = (hints?: Hints) => set('hints', { userAgent, touchPoints, ...hints });
  add();
  userAgentData?.getHighEntropyValues?.('fullVersionList platformVersion model'.split(' ')).then(add, () => {});
}
