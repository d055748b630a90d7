import type { Context } from '../protocol/event.ts';
import { named, parseUserAgent } from './lib/parse-user-agent.ts';

interface Hints {
  brands: { brand: string; version: string }[];
  platform: string;
  fullVersionList?: { brand: string; version: string }[];
  platformVersion?: string;
  model?: string;
  getHighEntropyValues: (names: string[]) => Promise<Hints>;
}

type Machine = Pick<Context, 'browser' | 'os' | 'device'>;

/** What client hints know better than the frozen user-agent string: full versions, Windows 11, device model. */
export function applyHints(machine: Machine, { fullVersionList, brands, platformVersion, model }: Hints): Machine {
  const list = fullVersionList ?? brands;
  const { browser, os, device } = machine;
  const better = { ...machine };
  const own =
    list.find(({ brand }) => browser && brand.includes(browser.name)) ?? list.find(({ brand }) => brand === 'Chromium');
  if (browser && own && /^(Chrome|Edge|Opera|Brave)$/.test(browser.name)) {
    const brave = list.some(({ brand }) => brand === 'Brave');
    better.browser = named(
      brave ? 'Brave' : browser.name,
      own.brand === 'Chromium' && browser.name !== 'Chrome' ? browser.version : own.version,
    );
  }
  if (os && platformVersion) {
    // Windows 11 says 13 or more, Windows 10 says 1 to 10.
    const windows = parseInt(platformVersion) > 12 ? '11' : os.version;
    better.os = named(os.name, os.name === 'Windows' ? windows : platformVersion);
  }
  if (device && model) better.device = { ...device, model };
  return better;
}

/** Browser, system and device. True versions are asked for by `refine`, not before: nothing waits for them. */
export function createMachine({ navigator }: Window): { _get: () => Machine; _refine: () => void } {
  let machine: Machine | undefined;
  const hints = (navigator as { userAgentData?: Hints }).userAgentData;
  const get = () => {
    if (!machine) {
      machine = parseUserAgent(navigator.userAgent, navigator.maxTouchPoints);
      if (hints) machine = applyHints(machine, hints);
    }
    return machine;
  };
  const refine = () => {
    hints
      ?.getHighEntropyValues(['fullVersionList', 'platformVersion', 'model'])
      .then((full) => (machine = applyHints(get(), full)))
      .catch(() => {});
  };
  return { _get: get, _refine: refine };
}
