import type { RuleSettings, Trigger } from '../../protocol/notices.ts';
import { createLogMatch, searchedOf } from '../match-log.ts';
import { parseLogQuery } from '../routes/parse-log-query.ts';
import type { KeptRecord } from '../store/log-store.ts';
import type { KeyedAlert } from '../store/notice-store.ts';
import { fits } from './fits.ts';

type RecordSearch = Extract<Trigger, { kind: 'search' }> & { in: 'records' };

export const isOfRecords = (trigger: Trigger): trigger is RecordSearch =>
  trigger.kind === 'search' && trigger.in === 'records';

/** What a rule that searches records has to tell about these; those that say the same are one alert. */
export function findRecords({ trigger, filter }: Pick<RuleSettings, 'trigger' | 'filter'>, records: KeptRecord[]) {
  if (!isOfRecords(trigger)) return [];
  const matches = createLogMatch(parseLogQuery(trigger.search));
  const found = new Map<string, KeyedAlert>();
  for (const record of records) {
    const { id, at, level, logger, text } = record;
    const searched = searchedOf(record);
    const values: [string, string][] = [['level', level], ...searched.values];
    if (!matches(searched) || !fits({ title: text, values }, filter)) continue;
    const kind = JSON.stringify([level, logger, text]);
    const known = found.get(kind);
    if (known) known.alert.count += 1;
    else {
      const alert = { kind: 'search' as const, at, issueId: null, record: id, count: 1, limit: 0 };
      found.set(kind, { key: `record:${id}`, alert });
    }
  }
  return [...found.values()];
}
