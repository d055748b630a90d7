import type { GroupingRule } from '../protocol/api.ts';
import type { RecordStore } from './store/store.ts';

/** The rules of a project. */
export type RulesOf = (projectId: string) => Promise<GroupingRule[]>;

/** They may be changed by another thread: no later than this after that they hold. */
const keptMs = 1_000;

export const settingName = (projectId: string) => `grouping rules of ${projectId}`;

export async function readRules(records: RecordStore, projectId: string): Promise<GroupingRule[]> {
  return ((await records.setting(settingName(projectId))) ?? []) as GroupingRule[];
}

/** Reads rules for the digest, at most once a second. */
export function createRulesReader(records: RecordStore): RulesOf {
  const known = new Map<string, { rules: Promise<GroupingRule[]>; until: number }>();
  return async (projectId) => {
    const now = performance.now();
    const entry = known.get(projectId);
    if (entry && entry.until > now) return entry.rules;
    const rules = readRules(records, projectId);
    known.set(projectId, { rules, until: now + keptMs });
    return rules;
  };
}
