import type { Report } from '../capture/captured.ts';
import { findReporter } from './find-reporter.ts';
import { on } from './on.ts';
import { win } from './win.ts';

/** For a script that stands before or after `pagefault.js`: starts once, when the reporter is there. */
export function whenReported(start: (report: Report) => unknown): void {
  let hasStarted = false;
  const look = () => {
    const reporter = hasStarted ? undefined : findReporter();
    if (!reporter) return;
    hasStarted = true;
    start(reporter.client.report);
  };
  look();
  on(win, 'load', look);
}
