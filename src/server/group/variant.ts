import type { ShownFrame } from '../../protocol/api.ts';
import type { Event } from '../../protocol/event.ts';
import { functionName } from './names.ts';
import { rootCauseOf } from './root-cause.ts';
import { pathPattern } from './url-pattern.ts';
import { whatWasSaid } from './what-happened.ts';

/** Callers that tell one way to a line from another. */
const maxCallers = 3;

/**
 * Words that tell kinds of events apart within an issue, finer than grouping does but the same in all browsers as far as
 * can be: what happened, and who called. Where no code is known, on which page. A person may split an issue by them.
 */
export function variantOf(event: Event, frames: ShownFrame[][]): string[] {
  const root = rootCauseOf(event.exceptions, frames);
  const { parts } = root?.what ?? whatWasSaid(event);
  if (!root?.anchor.place) return [...parts, pathPattern(pathOf(event.page?.url ?? ''))];
  const { caller, frame, place } = root.anchor;
  if (frame?.source) return [...parts, place.line, ...(caller ? [caller.file, caller.function, caller.line] : [])];
  const names = frames
    .flat()
    .filter(({ inApp }) => inApp)
    .map(({ function: name = '' }) => functionName(name))
    .filter((name) => name.length > 3);
  return [...parts, ...names.slice(0, maxCallers)];
}

const pathOf = (url: string) => url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
