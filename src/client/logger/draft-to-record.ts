import type { LogRecord } from '../../protocol/log-record.ts';
import { limits } from '../../protocol/limits.ts';
import { attempt } from '../lib/attempt.ts';
import { isError, isObject, read, typeOf } from '../lib/describe-value.ts';
import type { Draft } from './logger.ts';
import { describe, toData } from './to-data.ts';

/** One after the other, as far as they can be read: a getter that throws costs its field. */
function merge(list: unknown[]): Record<string, unknown> | undefined {
  const entries = list.flatMap((fields): [string, unknown][] => {
    if (isError(fields)) return [['error', fields]];
    if (!isObject(fields)) return [['fields', fields]];
    const keys = attempt(() => Object.keys(fields).slice(0, limits.keys));
    return keys?.map((key) => [key, read(fields, key, true)]) ?? [['fields', typeOf(fields)]];
  });
  return entries.length ? Object.fromEntries(entries) : undefined;
}

function callMessage(message: () => unknown): unknown {
  try {
    return message();
  } catch (error) {
    return `The message could not be made: ${describe(error)}`;
  }
}

/** What `log.error(error)` says. */
const describeMessage = (message: unknown) =>
  isError(message) ? describe(read(message, 'message') || read(message, 'name')) : describe(message);

/** The record as processors see it: its fields are still what the page gave. */
export function draftToRecord(
  { _level, _message, _fields }: Draft,
  rest: Pick<LogRecord, 'id' | 'at' | 'logger'>,
): LogRecord {
  const message = typeof _message === 'function' ? callMessage(_message as () => unknown) : _message;
  const data = merge(isError(message) ? [..._fields, message] : _fields);
  return { ...rest, level: _level, text: describeMessage(message), ...(data && { data }) };
}

/** As it goes to handlers: plain, and no longer than the wire allows. */
export function finishRecord({ data, text, ...rest }: LogRecord): LogRecord {
  const plain = isObject(data) ? toData(data) : {};
  const hasData = Object.keys(plain).length > 0;
  return { ...rest, text: describe(text).slice(0, limits.message), ...(hasData && { data: plain }) };
}

/** The first error among what the page gave. */
export function findError({ _message, _fields }: Draft): unknown {
  const values = [_message, ..._fields].flatMap((each) =>
    isError(each) || !isObject(each) ? [each] : (attempt((): unknown[] => Object.values(each)) ?? []),
  );
  return values.find(isError);
}
