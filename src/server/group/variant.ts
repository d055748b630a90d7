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
  return [...parts, ...lastingNames(frames)];
}

/** Of the first frames of the site's own that have one; asking all of a long stack costs more than the rest of grouping. */
function lastingNames(frames: ShownFrame[][]): string[] {
  const names: string[] = [];
  for (const stack of frames) {
    for (const { inApp, function: name = '' } of stack) {
      const lasting = inApp ? functionName(name) : '';
      if (lasting.length <= 3) continue;
      names.push(lasting);
      if (names.length === maxCallers) return names;
    }
  }
  return names;
}

const pathOf = (url: string) => url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
