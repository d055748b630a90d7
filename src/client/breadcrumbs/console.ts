import type { Level } from '../../protocol/event.ts';
import { describeValue } from '../lib/describe-value.ts';
import { patch } from '../lib/patch.ts';
import type { AddBreadcrumb } from './trail.ts';

const levels: Record<string, Level> = { debug: 'debug', log: 'info', info: 'info', warn: 'warning', error: 'error' };

/** Console calls as breadcrumbs. Objects are named, not read: a getter or a reactive proxy would notice. */
export function installConsole(console: Console, add: AddBreadcrumb): (() => void)[] {
  return Object.keys(levels).map((name) =>
    patch(console, name, (_, args) =>
      add(
        'console',
        args
          .slice(0, 10)
          .map((each) => describeValue(each, 0))
          .join(' '),
        undefined,
        levels[name],
      ),
    ),
  );
}
