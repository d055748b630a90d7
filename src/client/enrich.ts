import type { Context, Event, Page } from '../protocol/event.ts';
import type { Trail } from './breadcrumbs/trail.ts';
import { win } from './lib/win.ts';
import type { Scrub } from './scrub.ts';

type WithTemporal = { Temporal?: { Now: { timeZoneId: () => string } } };

// Intl is slow to start: 15 ms of CPU in Chromium, more than all else that a first event takes. Safari has no Temporal yet.
let timeZone: string | undefined;

/** Adds the page as it is now, what the site said about it, and the last steps. All of it is clean from here on. */
export function createEnrich(
  trail: Trail,
  scope: { _values: Context },
  quarantine: { _leaves: number },
  scrub: Scrub,
): (event: Event) => Event {
  return (event) => {
    const navigator = win.navigator as Navigator & { deviceMemory?: number; connection?: { effectiveType?: string } };
    timeZone ??= (win as WithTemporal).Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    trail._onAdd?.();
    const fields = {
      url: location.href,
      title: document.title,
      referrer: document.referrer,
      viewport: [win.innerWidth, win.innerHeight],
      screen: [win.screen.width, win.screen.height],
      pixelRatio: win.devicePixelRatio,
      language: navigator.language,
      timeZone,
      visibility: document.visibilityState,
      online: navigator.onLine,
      connection: navigator.connection?.effectiveType,
      memory: navigator.deviceMemory,
      leaving: !!(quarantine._leaves & 1),
    };
    return { ...scrub({ ...event, page: fields as Page }), breadcrumbs: trail._read(), ...scope._values };
  };
}
