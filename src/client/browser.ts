import type { Context } from '../protocol/event.ts';
import { named, parseUserAgent } from './lib/parse-user-agent.ts';

type Machine = Required<Pick<Context, 'browser' | 'os' | 'device'>>;

export interface Hints {
  brands: { brand: string; version: string }[];
  fullVersionList?: { brand: string; version: string }[];
  platformVersion?: string;
  model?: string;
  getHighEntropyValues?: (names: string[]) => Promise<Hints>;
}

/** What client hints know better than the frozen user-agent string: full versions, Windows 11, device model. */
export function applyHints({ browser, os, device }: Machine, hints: Hints): Machine {
  const { brands, fullVersionList = brands, platformVersion = '', model } = hints;
  const own = fullVersionList.find(({ brand }) => brand.endsWith(browser.name));
  // Windows 11 says 13 or more, Windows 10 says 1 to 10.
  const version = os.name !== 'Windows' ? platformVersion : parseInt(platformVersion) > 12 ? '11' : '';
  return {
    browser: own ? named(browser.name, own.version) : browser,
    os: named(os.name, version || os.version),
    device: model ? { ...device, model } : device,
  };
}

/** Browser, system and device. True versions are asked for by `_refine`, not before: nothing waits for them. */
export function createMachine({ navigator }: Window): { _get: () => Machine; _refine: () => void } {
  const { userAgentData: hints } = navigator as { userAgentData?: Hints };
  let known = hints;
  let machine: Machine | undefined;
  return {
    _get() {
      machine ??= parseUserAgent(navigator.userAgent, navigator.maxTouchPoints);
      if (known) machine = applyHints(machine, known);
      known = undefined;
      return machine;
    },
    _refine: () =>
      void hints?.getHighEntropyValues?.(['fullVersionList', 'platformVersion', 'model']).then(
        (full) => (known = full),
        () => {},
      ),
  };
}
