import type { EventPlace } from './store.ts';

/** Behind all events of an issue. */
export const end: EventPlace = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];

/** For SQL that reads `issue_events`: the newest first, by when they happened, then by when they arrived. */
export const newestFirst = 'ORDER BY issue_events.happened_at DESC, issue_events.seq DESC';
export const oldestFirst = 'ORDER BY issue_events.happened_at, issue_events.seq';

/** The seq of the newest kept event of a row of `issues`. */
export const newestSeq = `SELECT seq FROM issue_events WHERE issue_id = issues.id ${newestFirst} LIMIT 1`;
