import { inferCrashes } from './infer-crashes.ts';
import { findReporter } from './lib/find-reporter.ts';
import { on } from './lib/on.ts';
import { win } from './lib/win.ts';

let isWatching = false;

/** It may stand before or after `pagefault.js`. */
const watch = () => {
  const reporter = isWatching ? undefined : findReporter();
  if (!reporter) return;
  isWatching = true;
  inferCrashes(reporter.client.report);
};
watch();
on(win, 'load', watch);
