import { levels } from '../event.ts';
import { limits } from '../limits.ts';
import type { LogRecord } from '../log-record.ts';
import { parseId } from './id.ts';
import { parseRecord } from './json.ts';
import { isFields, type Reader } from './reader.ts';
import { withoutAbsent } from './without-absent.ts';

/** The records of a batch: one that is refused does not cost its neighbours. */
export function parseLogRecords(value: unknown, sentAt: number, reader: Reader): LogRecord[] {
  return reader
    .list(value, 'records', limits.recordsPerBatch)
    .map((record, i) => parseLogRecord(record, `records[${i}]`, sentAt, reader))
    .filter((record) => record !== undefined);
}

function parseLogRecord(value: unknown, path: string, sentAt: number, reader: Reader): LogRecord | undefined {
  if (!isFields(value)) return void reader.note(path, 'refused: must be an object');
  const id = parseId(value['id'], `${path}.id`, reader);
  if (id === undefined) return undefined;
  if (value['at'] == null) reader.note(`${path}.at`, 'missing: taken from sentAt');
  return withoutAbsent<LogRecord>({
    id,
    at: reader.time(value['at'], `${path}.at`) ?? sentAt,
    level: reader.oneOf(value['level'], `${path}.level`, levels) ?? 'info',
    logger: reader.text(value['logger'], `${path}.logger`) ?? '',
    text: reader.text(value['text'], `${path}.text`, limits.message) ?? '',
    data: parseRecord(value['data'], `${path}.data`, reader),
  });
}
