import { byLogger, describe } from './breadcrumbs/console.ts';
import type { Report } from './capture/captured.ts';
import { isError } from './lib/describe-value.ts';
import { patch } from './lib/patch.ts';
import { win } from './lib/win.ts';

/** The engine's head of a stack and, after it, the frame which is ours. */
const head = /^(Error.*\n)?.*\n/;

/**
 * Reports what the page gives to `console.error`: the first error among the arguments, or else their text with the stack of
 * the call. Returns what ends it.
 */
export const watchConsole = (report: Report): (() => void) =>
  patch(
    win.console,
    'error',
    (self, args, site) => {
      if (self === byLogger) return;
      const message = args.slice(0, 10).map(describe).join(' ');
      const said = { name: 'console.error', message, stack: site?.stack?.replace(head, '') };
      report({ mechanism: 'console', handled: true, thrown: [args.find(isError) ?? said] });
    },
    true,
  );
