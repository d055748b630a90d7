import type { Breadcrumb, Context, Event, Frame } from '../event.ts';
import { limits } from '../limits.ts';

/**
 * Answers for one event after another whether the copies of what they share still fit `limits.sharedChars`. In memory
 * they share it, but a store gives each its own.
 */
export function createSharedBudget(context: Context): (event: Event) => boolean {
  const contextChars = countChars(context);
  const known = new Map<object, number>();
  const count = <Part extends object>(part: Part, charsOf: (part: Part) => number) => {
    const chars = known.get(part) ?? charsOf(part);
    known.set(part, chars);
    return chars;
  };
  let left: number = limits.sharedChars;
  return (event) => {
    left -= contextChars;
    for (const { frames } of event.exceptions) for (const frame of frames) left -= count(frame, frameChars);
    if (event.debugIds) left -= countChars(event.debugIds);
    for (const breadcrumb of event.breadcrumbs) left -= count(breadcrumb, breadcrumbChars);
    return left >= 0;
  };
}

/** Names of fields, quotes and numbers. */
const formChars = 60;

const frameChars = ({ function: name = '', filename = '' }: Frame) => formChars + textChars(name) + textChars(filename);

const breadcrumbChars = (breadcrumb: Breadcrumb) =>
  breadcrumb.data ? countChars(breadcrumb) : formChars + textChars(breadcrumb.text);

/** As JSON: most texts need no escapes, and to look is cheaper than to write. */
function textChars(text: string): number {
  return /["\\\p{Cc}]/u.test(text) ? JSON.stringify(text).length : text.length;
}

function countChars(value: object): number {
  return JSON.stringify(value).length;
}
