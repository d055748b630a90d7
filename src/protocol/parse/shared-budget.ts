import type { Context, Event } from '../event.ts';
import { limits } from '../limits.ts';

/**
 * Answers for one event after another whether the copies of what they share still fit `limits.sharedChars`. In memory
 * they share it, but a store gives each its own.
 */
export function createSharedBudget(context: Context): (event: Event) => boolean {
  const contextChars = countChars(context);
  const known = new Map<object, number>();
  const count = (part: object) => {
    const chars = known.get(part) ?? countChars(part);
    known.set(part, chars);
    return chars;
  };
  let left: number = limits.sharedChars;
  return (event) => {
    left -= contextChars;
    for (const { frames } of event.exceptions) for (const frame of frames) left -= count(frame);
    if (event.debugIds) left -= countChars(event.debugIds);
    for (const breadcrumb of event.breadcrumbs) left -= count(breadcrumb);
    return left >= 0;
  };
}

function countChars(value: object): number {
  return JSON.stringify(value).length;
}
