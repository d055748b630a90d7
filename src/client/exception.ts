import type { Exception } from '../protocol/event.ts';
import { limits } from '../protocol/limits.ts';
import { describeElement } from './lib/describe-element.ts';
import { describeValue, isError, read, typeOf } from './lib/describe-value.ts';
import { parseStack } from './stack.ts';

/** What can be read of a thrown value that is no error. */
function describeThrown(value: unknown, type: string): string {
  if (type.endsWith('Event'))
    return `${describeValue(read(value, 'type'))} on ${describeElement(read(value, 'target'))}`;
  return describeElement(value) || describeValue(value);
}

/** The thrown value and, after it, its causes and members: `parent` says whose. Cycles are cut. */
export function toExceptions(thrown: unknown): Exception[] {
  const list: Exception[] = [];
  const seen = new Set<unknown>();
  const add = (value: unknown, parent?: number, relation?: 'cause' | 'member') => {
    if (list.length >= limits.exceptionsPerEvent || seen.has(value)) return;
    seen.add(value);
    const index = list.length;
    const error = isError(value);
    const message = (error && read(value, 'message')) || '';
    const type = error ? describeValue(read(value, 'name') || 'Error') : typeOf(value);
    list.push({
      type,
      // Cut when it is scrubbed.
      value: error ? describeValue(message) : describeThrown(value, type),
      frames: parseStack(error && read(value, 'stack'), message),
      parent,
      relation,
    } as Exception);
    const cause = error && read(value, 'cause');
    if (cause) add(cause, index, 'cause');
    const members = error && read(value, 'errors');
    if (Array.isArray(members))
      members.slice(0, limits.exceptionsPerEvent).forEach((each) => add(each, index, 'member'));
  };
  add(thrown);
  return list;
}
