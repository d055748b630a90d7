import { hash } from 'node:crypto';
import type { Event, Named } from '../../protocol/event.ts';
import { pathOf } from './title.ts';

/** What is counted per issue, as property and value: the viewer shows how an issue spreads over them. */
export function valuesOf(event: Event): [string, string][] {
  const values: [string, string | undefined][] = [
    ['browser', named(event.browser)],
    ['os', named(event.os)],
    ['device', event.device?.model ?? event.device?.kind],
    ['release', event.release],
    ['environment', event.environment],
    ['url', event.page && pathOf(event.page.url)],
    ['level', event.level],
    ['mechanism', event.mechanism],
    ...Object.entries(event.tags ?? {}).map(([name, value]): [string, string] => [`tag:${name}`, value]),
  ];
  return values.filter((pair): pair is [string, string] => Boolean(pair[1]));
}

/** Such as `Firefox 140.0`; empty if unknown. */
export function named(thing: Named | undefined): string {
  return thing ? [thing.name, thing.version].filter(Boolean).join(' ') : '';
}

/**
 * A number that stands for whom it happened to: the user that the site named, or else the page's session. Only this hash
 * is kept for counting.
 */
export function userNumber({ user, session }: Pick<Event, 'user' | 'session'>): number | undefined {
  const who = user?.id ?? user?.email ?? user?.name ?? session;
  return who === undefined ? undefined : parseInt(hash('sha256', who).slice(0, 12), 16);
}
