import type { Context, Event } from '../protocol/event.ts';
import type { LogRecord } from '../protocol/log-record.ts';
import { userNumber, valuesOf } from './group/values.ts';
import { happenedAt } from './happened-at.ts';
import type { ArrivedLog } from './store/log-store.ts';

/** What all records of a batch have from it. */
export interface LogBatch {
  context: Context;
  sentAt: number;
  receivedAt: number;
  /** Tells the machine where the batch does not. */
  describe(event: Event): Event;
  /** What events go through before they are kept. */
  scrub(event: Event): Event;
}

/**
 * Records as they are kept: with times by the collector's clock, and scrubbed as events are, by taking their way. What
 * they share goes it once.
 */
export function arriveRecords(records: LogRecord[], batch: LogBatch): ArrivedLog {
  const { context } = batch;
  const scrubbed = withoutBlank(batch.scrub(batch.describe({ ...blank, ...context })));
  return {
    context: JSON.stringify(scrubbed),
    user: userNumber(context),
    values: propertiesOf(scrubbed),
    records: records.map((record) => {
      const fields = { message: record.text, ...(record.data && { extra: record.data }) };
      const { message = '', extra } = batch.scrub({ ...blank, ...fields });
      return {
        id: record.id,
        happenedAt: happenedAt(record.at, batch.sentAt, batch.receivedAt),
        level: record.level,
        logger: record.logger,
        text: message,
        data: extra && JSON.stringify(extra),
      };
    }),
  };
}

/** What makes an event of something that is none. */
const blank: Event = {
  id: '',
  at: 0,
  level: 'info',
  mechanism: 'message',
  handled: true,
  exceptions: [],
  breadcrumbs: [],
  count: 1,
};

const withoutBlank = (event: Event): Context =>
  Object.fromEntries(Object.entries(event).filter(([name]) => !(name in blank)));

/** What records are found by, as issues are by the values of their events; and by the page's session. */
export function propertiesOf(context: Context): [string, string][] {
  const values = valuesOf({ ...blank, ...context }).filter(
    ([property]) => property !== 'level' && property !== 'mechanism',
  );
  return context.session === undefined ? values : [...values, ['session', context.session]];
}
