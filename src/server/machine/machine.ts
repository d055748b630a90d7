import type { Context, Event, Hints } from '../../protocol/event.ts';
import { named, parseUserAgent } from './parse-user-agent.ts';

type Machine = Required<Pick<Context, 'browser' | 'os' | 'device'>>;

/** What client hints know better than the frozen user-agent string: full versions, Windows 11, device model. */
function applyHints(
  { browser, os, device }: Machine,
  { fullVersionList = [], platformVersion = '', model }: Hints,
): Machine {
  const own = fullVersionList.find(({ brand }) => brand.endsWith(browser.name));
  // Windows 11 says 13 or more, Windows 10 says 1 to 10.
  const version = os.name !== 'Windows' ? platformVersion : parseInt(platformVersion) > 12 ? '11' : '';
  return {
    browser: own ? named(browser.name, own.version) : browser,
    os: named(os.name, version || os.version),
    device: model ? { ...device, model } : device,
  };
}

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
    const machine = known.get(hints) ?? applyHints(parseUserAgent(text, hints?.touchPoints), hints ?? {});
    known.set(hints, machine);
    return { ...machine, ...event };
  };
}
