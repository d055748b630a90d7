import { guard } from './lib/attempt.ts';
import { win } from './lib/win.ts';

/** Chromium sends what stands in it when the tab is dead, if the page names an endpoint: `Reporting-Endpoints`. */
interface CrashReport {
  initialize: (bytes: number) => Promise<void>;
  set: (key: string, value: string) => void;
}

const bytes = 32_768;

/** Returns what notes the facts of now. They are in memory that outlives the tab: what is written is safe at once. */
export function createCrashReport(getFacts: () => object): () => void {
  const { crashReport } = win as { crashReport?: CrashReport };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = guard(() => {
    timer = undefined;
    // Throws until it is initialised.
    crashReport?.set('pagefault', JSON.stringify(getFacts()));
  });
  crashReport?.initialize(bytes).catch(() => {});
  // A click is not to wait for it.
  return () => void (timer ??= setTimeout(write));
}
