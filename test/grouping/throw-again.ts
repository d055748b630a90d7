import { toExceptions } from '../../src/client/exception.ts';
import type { Exception } from '../../src/protocol/event.ts';
import type { Thrown } from './corpus.ts';

/** Makes of what was recorded a value that is like the one thrown, for the reporter's own code to read. */
function toValue(thrown: Thrown): unknown {
  if (!thrown.error)
    return thrown.json === undefined || thrown.json === 'undefined' ? undefined : JSON.parse(thrown.json);
  const { name, message, stack, cause, errors } = thrown.error;
  const error = errors ? new AggregateError(errors.map(toValue)) : new Error();
  const options = { configurable: true, enumerable: false, writable: true };
  const set = (key: string, value: unknown) => Object.defineProperty(error, key, { ...options, value });
  set('name', name);
  set('message', message);
  set('stack', stack);
  if (cause) set('cause', toValue(cause));
  return error;
}

/** What the reporter sends for it. */
export function exceptionsOf(thrown: Thrown): Exception[] {
  return toExceptions(toValue(thrown));
}
