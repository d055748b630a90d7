import type { Breadcrumb, BreadcrumbKind, Event, Level } from '../../protocol/event.ts';
import { limits } from '../../protocol/limits.ts';
import type { Cleaner } from '../lib/describe-value.ts';
import { isObject, toPlain } from '../lib/describe-value.ts';
import { now } from '../lib/now.ts';

/** A text that takes long to make may be a function, which is called when the trail is read: it must keep no element. */
export type AddBreadcrumb = (
  kind: BreadcrumbKind,
  text: string | (() => string | undefined),
  data?: Record<string, unknown>,
  level?: Level,
) => void;

interface Step extends Omit<Breadcrumb, 'text'> {
  text: Parameters<AddBreadcrumb>[1];
}

export interface Trail {
  /** Oldest first; as they were added, until they are read. */
  _list: Step[];
  /** All, with clean texts. */
  _read: () => Breadcrumb[];
  _add: AddBreadcrumb;
  /** Called before each breadcrumb. */
  _onAdd?: (() => void) | undefined;
  /** Called after each breadcrumb, and after each event. */
  _onAdded?: (event?: Event) => void;
}

/** The last steps, as text from the start: a kept element would keep its whole page in memory. */
export function createTrail(cleaner: Cleaner): Trail {
  const list: Step[] = [];
  const clean = (text = '') => cleaner._text(text.slice(0, limits.breadcrumbText));
  const trail: Trail = {
    _list: list,
    _read() {
      for (const step of list) if (isObject(step.text)) step.text = clean(step.text());
      return [...list] as Breadcrumb[];
    },
    _add(kind, text, data, level) {
      trail._onAdd?.();
      // Undefined values do not travel.
      text = isObject(text) ? text : clean(text);
      if (list.push({ at: now(), kind, text, level, data: toPlain(data, cleaner) } as Step) > limits.breadcrumbs)
        list.shift();
      trail._onAdded?.();
    },
  };
  return trail;
}
