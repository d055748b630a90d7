import type { Level } from '../../protocol/event.ts';
import { describeValue, isObject } from '../lib/describe-value.ts';
import { patch } from '../lib/patch.ts';
import type { AddBreadcrumb } from './trail.ts';

const levels: Record<string, Level> = { debug: 'debug', log: 'info', info: 'info', warn: 'warning', error: 'error' };

const { isError } = Error as { isError?: (value: unknown) => boolean };

/** Objects are not read, but for errors: a getter or a reactive proxy would notice. */
export const describe = (value: unknown) => (isObject(value) && !isError?.(value) ? 'Object' : describeValue(value, 0));

/** What loggers call the console with, from whichever of our scripts: what they print is no word of the page. */
export const byLogger = 0;

/** Console calls as breadcrumbs. */
export function installConsole(console: Console, add: AddBreadcrumb): (() => void)[] {
  return Object.keys(levels).map((name) =>
    patch(console, name, (self, args) => {
      if (self !== byLogger) add('console', args.slice(0, 10).map(describe).join(' '), undefined, levels[name]);
    }),
  );
}
