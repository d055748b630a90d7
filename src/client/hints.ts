import type { Hints } from '../protocol/event.ts';
import { win } from './lib/win.ts';

interface HintedNavigator extends Navigator {
  userAgentData?: Pick<Hints, 'brands'> & {
    getHighEntropyValues?: (names: string[]) => Promise<Hints & { fullVersionList?: Hints['brands'] }>;
  };
}

/** What the collector cannot see in the User-Agent header. True versions come later: nothing waits for them. */
export function findHints(set: (name: 'hints', hints: unknown) => void): void {
  const { userAgentData, maxTouchPoints: touchPoints } = win.navigator as HintedNavigator;
  set('hints', { touchPoints, brands: userAgentData?.brands });
  userAgentData?.getHighEntropyValues?.(['fullVersionList', 'platformVersion', 'model']).then(
    ({ fullVersionList: brands, platformVersion, model }) =>
      set('hints', { touchPoints, brands, platformVersion, model }),
    () => {},
  );
}
