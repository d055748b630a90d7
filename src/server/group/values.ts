import { hash } from 'node:crypto';
import type { Event, Named } from '../../protocol/event.ts';
import { pathOf } from './title.ts';

/** A property of an event and its value. Treat it as read-only: events that have the same share it. */
type Pair = [property: string, value: string];

/** Different values of a property whose pairs are shared, and properties. */
const [maxValues, maxProperties] = [200, 50];

/** A transaction's events keep their values until it is over, and most have them in common: each for itself would be half a megabyte. */
const shared = new Map<string, Map<string, Pair>>();

function pairOf(property: string, value: string): Pair {
  let known = shared.get(property);
  const before = known?.get(value);
  if (before) return before;
  if (!known) {
    if (shared.size >= maxProperties) shared.clear();
    shared.set(property, (known = new Map()));
  } else if (known.size >= maxValues) known.clear();
  const pair: Pair = [property, value];
  known.set(value, pair);
  return pair;
}

/** What is counted per issue, as property and value: the viewer shows how an issue spreads over them. */
export function valuesOf(event: Event): [string, string][] {
  const { browser, os, device, release, environment, page, level, mechanism, tags = {} } = event;
  const pairs: Pair[] = [];
  const add = (property: string, value: string | undefined) => {
    if (value) pairs.push(pairOf(property, value));
  };
  add('browser', named(browser));
  add('os', named(os));
  add('device', device?.model ?? device?.kind);
  add('release', release);
  add('environment', environment);
  const path = page && pathOf(page.url);
  // Of these there are too many for any two events to have the same.
  if (path) pairs.push(['url', path]);
  add('level', level);
  add('mechanism', mechanism);
  for (const name in tags) add(`tag:${name}`, tags[name]);
  return pairs;
}

/** Such as `Firefox 140.0`; empty if unknown. */
export function named(thing: Named | undefined): string {
  if (!thing) return '';
  const { name, version = '' } = thing;
  return name && version ? `${name} ${version}` : name || version;
}

/**
 * A number that stands for whom it happened to: the user that the site named, or else the page's session. Only this hash
 * is kept for counting.
 */
export function userNumber({ user, session }: Pick<Event, 'user' | 'session'>): number | undefined {
  const who = user?.id ?? user?.email ?? user?.name ?? session;
  return who === undefined ? undefined : parseInt(hash('sha256', who).slice(0, 12), 16);
}
