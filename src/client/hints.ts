import type { Hints } from '../protocol/event.ts';
import { win } from './lib/win.ts';

interface HintedNavigator extends Navigator {
  userAgentData?: Pick<Hints, 'brands'> & {
    getHighEntropyValues?: (names: string[]) => Promise<Hints & { fullVersionList?: Hints['brands'] }>;
  };
}

/** What the collector cannot see in the User-Agent header. True versions come with `_refine`: nothing waits for them. */
export function createHints(): { _get: () => Hints; _refine: () => void } {
  const { userAgentData, maxTouchPoints: touchPoints } = win.navigator as HintedNavigator;
  let hints = { touchPoints, brands: userAgentData?.brands } as Hints;
  return {
    _get: () => hints,
    _refine: () =>
      void userAgentData?.getHighEntropyValues?.(['fullVersionList', 'platformVersion', 'model']).then(
        ({ fullVersionList: brands, platformVersion, model }) =>
          (hints = { touchPoints, brands, platformVersion, model } as Hints),
        () => {},
      ),
  };
}
