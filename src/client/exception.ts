import type { Exception, Frame } from '../protocol/event.ts';
import { limits } from '../protocol/limits.ts';
import { describeElement } from './lib/describe-element.ts';
import { describeValue, isError, read, typeOf } from './lib/describe-value.ts';

const text = (value: unknown, max: number) => (typeof value === 'string' ? value : describeValue(value)).slice(0, max);

/** A thrown value that is no error: the name a person would call it by, and what can be read of it. */
function describeThrown(value: unknown): [type: string, value: string] {
  const type = typeOf(value);
  if (type.endsWith('Event')) {
    const target = describeElement(read(value, 'target') as Element | null);
    return [type, `${text(read(value, 'type'), limits.label)}${target && ` on ${target}`}`];
  }
  const element = typeof value === 'object' && value && typeof read(value, 'nodeType') === 'number';
  if (element) return [type, describeElement(value as Element)];
  const message = type === 'Object' && read(value, 'message');
  return [type, text(message || value, limits.message)];
}

/** The thrown value and, after it, its causes and members: `parent` says whose. Cycles are cut. */
export function toExceptions(thrown: unknown, parseStack: (stack: unknown, message: unknown) => Frame[]): Exception[] {
  const list: Exception[] = [];
  const seen = new Set<unknown>();
  const add = (value: unknown, parent?: number, relation?: 'cause' | 'member') => {
    if (list.length >= limits.exceptionsPerEvent || seen.has(value)) return;
    seen.add(value);
    const index = list.length;
    const error = isError(value);
    const message = error && read(value, 'message');
    const [type, description] = error
      ? [text(read(value, 'name') || 'Error', limits.label), text(message || '', limits.message)]
      : describeThrown(value);
    const exception: Exception = {
      type,
      value: description,
      frames: parseStack(error && read(value, 'stack'), message),
    };
    if (relation) Object.assign(exception, { parent, relation });
    list.push(exception);
    if (!error) return;
    const cause = read(value, 'cause');
    if (cause != null) add(cause, index, 'cause');
    const members = read(value, 'errors');
    if (Array.isArray(members))
      members.slice(0, limits.exceptionsPerEvent).forEach((each) => add(each, index, 'member'));
  };
  add(thrown);
  return list;
}
