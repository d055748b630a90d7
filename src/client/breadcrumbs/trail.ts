import type { Breadcrumb, BreadcrumbKind, Event, Level } from '../../protocol/event.ts';
import { limits } from '../../protocol/limits.ts';
import type { Cleaner } from '../lib/describe-value.ts';
import { toPlain } from '../lib/describe-value.ts';
import { now } from '../lib/now.ts';

export type AddBreadcrumb = (kind: BreadcrumbKind, text: string, data?: Record<string, unknown>, level?: Level) => void;

export interface Trail {
  /** Oldest first. */
  _list: Breadcrumb[];
  _add: AddBreadcrumb;
  /** Called before each breadcrumb. */
  _onAdd?: () => void;
  /** Called after each breadcrumb, and after each event. */
  _onAdded?: (event?: Event) => void;
}

/** The last steps, as clean text from the start: a kept element would keep its whole page in memory. */
export function createTrail(cleaner: Cleaner): Trail {
  const list: Breadcrumb[] = [];
  const trail: Trail = {
    _list: list,
    _add(kind, text, data, level) {
      trail._onAdd?.();
      // Undefined values do not travel.
      const crumb = {
        at: now(),
        kind,
        text: cleaner._text(text.slice(0, limits.breadcrumbText)),
        level,
        data: toPlain(data, cleaner),
      };
      if (list.push(crumb as Breadcrumb) > limits.breadcrumbs) list.shift();
      trail._onAdded?.();
    },
  };
  return trail;
}
