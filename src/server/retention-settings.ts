import { defaultRetention, type RetentionSettings } from '../protocol/api.ts';
import type { RecordStore } from './store/store.ts';

/** What is set, and the default for the rest. */
export const readRetention = async (records: Pick<RecordStore, 'setting'>): Promise<RetentionSettings> => ({
  ...defaultRetention,
  ...((await records.setting('retention')) as Partial<RetentionSettings> | undefined),
});
