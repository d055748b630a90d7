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
  const charsOf = ({ exceptions, debugIds, breadcrumbs }: Event) => {
    let chars = contextChars;
    for (const { frames } of exceptions) for (const frame of frames) chars += count(frame, frameChars);
    if (debugIds) chars += countChars(debugIds);
    for (const breadcrumb of breadcrumbs) chars += count(breadcrumb, breadcrumbChars);
    return chars;
  };
  const mostChars = ({ exceptions, debugIds, breadcrumbs }: Event) => {
    let chars = contextChars + (debugIds ? countChars(debugIds) : 0);
    for (const { frames } of exceptions) for (const frame of frames) chars += formChars + 6 * lettersOf(frame);
    for (const one of breadcrumbs) chars += one.data ? count(one, breadcrumbChars) : formChars + 6 * one.text.length;
    return chars;
  };
  let left: number = limits.sharedChars;
  // To count letters is cheaper than to look at them, and enough for nearly all batches: none takes more than six as JSON.
  let [most, early]: [number, Event[]] = [0, []];
  return (event) => {
    most += mostChars(event);
    if (most <= limits.sharedChars) {
      early.push(event);
      return true;
    }
    for (const before of early) left -= charsOf(before);
    early = [];
    left -= charsOf(event);
    return left >= 0;
  };
}

/** Names of fields, quotes and numbers. */
const formChars = 60;

const lettersOf = ({ function: name = '', filename = '' }: Frame) => name.length + filename.length;

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
