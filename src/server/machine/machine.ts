import type { Context, Event, Hints, Named } from '../../protocol/event.ts';
import { remember } from '../lib/remember.ts';
import { named, parseUserAgent } from './parse-user-agent.ts';

type Machine = Required<Pick<Context, 'browser' | 'os' | 'device'>>;

/** Greased names (`Not_A Brand`), the engine's own, and views in apps, which the user-agent string names better. */
const noName = /not.*brand|^Chromium$|WebView/i;

/** Brave and others are Chrome in the user-agent string, and name themselves only in the hints. */
function findOwn(name: string, brands: NonNullable<Hints['fullVersionList']>): Named | undefined {
  const own = brands.find(({ brand }) => brand.endsWith(name));
  if (own) return named(name, own.version);
  const other = name === 'Chrome' ? brands.find(({ brand }) => !noName.test(brand)) : undefined;
  if (other) return named(other.brand, other.version);
  const engine = name.startsWith('Chrome') && brands.find(({ brand }) => brand === 'Chromium');
  return engine ? named(name === 'Chrome' ? engine.brand : name, engine.version) : undefined;
}

/** What client hints know better than the frozen user-agent string: full versions, Windows 11, device model. */
function applyHints(
  { browser, os, device }: Machine,
  { fullVersionList = [], platformVersion = '', model }: Hints,
): Machine {
  const own = findOwn(browser.name, fullVersionList);
  // Windows 11 says 13 or more, Windows 10 says 1 to 10.
  const version = os.name !== 'Windows' ? platformVersion : parseInt(platformVersion) > 12 ? '11' : '';
  return {
    browser: own ? named(own.name, own.version) : browser,
    os: named(os.name, version || os.version),
    device: model ? { ...device, model } : device,
  };
}

/** Most requests come from a few browsers. */
const parse = remember((userAgent, touchPoints) => parseUserAgent(userAgent, Number(touchPoints)));

/**
 * Browser, system and device of events that do not say them: from the header that every browser sends, and what its
 * page adds. The page is spared the table of names, and sites need not be built again when a new name appears.
 */
export function createDescribeMachine(userAgent: string): (event: Event) => Event {
  const known = new Map<Hints | undefined, Machine>();
  return ({ hints, ...event }) => {
    // The header is that of the browser which sends, perhaps after an update.
    const text = hints?.userAgent ?? userAgent;
    if (event.browser || !text) return event;
    const machine = known.get(hints) ?? applyHints(parse(text, String(hints?.touchPoints ?? 0)), hints ?? {});
    known.set(hints, machine);
    return { ...machine, ...event };
  };
}
