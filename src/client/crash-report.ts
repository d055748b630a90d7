import { guard } from './lib/attempt.ts';
import { pick } from './lib/pick.ts';
import { win } from './lib/win.ts';
import type { InnerPart } from './part.ts';

/** Chromium sends what stands in it when the tab is dead, if the page names an endpoint: `Reporting-Endpoints`. */
interface CrashReport {
  initialize: (bytes: number) => Promise<void>;
  set: (key: string, value: string) => void;
}

const bytes = 30_000;
const crashBreadcrumbs = 20;

/** Notes the facts of now after each event and breadcrumb, in memory that outlives the tab: what is written is safe at once. */
export const keepCrashFacts: InnerPart = (_, trail, scope) => {
  const { crashReport } = win as { crashReport?: CrashReport };
  let ids: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = guard(() => {
    timer = undefined;
    const facts = pick('release environment session', scope._values);
    // Throws until it is initialised.
    crashReport?.set(
      'pagefault',
      JSON.stringify({ ...facts, events: ids, trail: trail._read().slice(-crashBreadcrumbs) }),
    );
  });
  if (!crashReport) return;
  crashReport.initialize(bytes).catch(() => {});
  trail._onAdded = (event) => {
    if (event) ids = [...ids.slice(-4), event.id];
    // A click is not to wait for it.
    timer ??= setTimeout(write);
  };
};
