import type { Breadcrumb, BreadcrumbKind, Level } from '../../protocol/event.ts';
import { limits } from '../../protocol/limits.ts';

export type AddBreadcrumb = (
  kind: BreadcrumbKind,
  text: string,
  data?: Record<string, unknown> | undefined,
  level?: Level | undefined,
) => void;

export interface Trail {
  /** Oldest first. */
  _list: Breadcrumb[];
  _add: AddBreadcrumb;
}

/** The last steps. Text is made at once: a kept element would keep its whole page in memory. */
export function createTrail(now: () => number): Trail {
  const list: Breadcrumb[] = [];
  return {
    _list: list,
    _add(kind, text, data, level) {
      const crumb: Breadcrumb = { at: now(), kind, text: text.slice(0, limits.breadcrumbText) };
      if (level) crumb.level = level;
      if (data) crumb.data = data;
      if (list.push(crumb) > limits.breadcrumbs) list.shift();
    },
  };
}
