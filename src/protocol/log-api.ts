import type { EventSummary } from './api.ts';
import type { Context, Level } from './event.ts';
import type { LogRecord } from './log-record.ts';

/** One line of the list of records. `at` is when it happened by the collector's clock. */
export interface LogLine extends LogRecord {
  projectId: string;
  release: string | null;
  environment: string | null;
  session: string | null;
  /** Of the page. */
  url: string | null;
  user: string | null;
  /** Its data are too long for a list: the record itself has them. */
  isCut: boolean;
}

/** `GET /api/records`: newest first. */
export interface LogList {
  records: LogLine[];
  /** Pass as `cursor` for the next page; null at the end. A page may be short although others follow. */
  next: string | null;
}

/** `GET /api/records/:id`. */
export interface StoredRecord {
  record: LogRecord;
  /** What its batch said of the page, the user and the machine. */
  context: Context;
  projectId: string;
  receivedAt: number;
  /** By the collector's clock; `record.at` is the same. */
  happenedAt: number;
}

/** `GET /api/events?session=`: what broke in a session of a page, oldest first. */
export interface SessionEvents {
  events: (EventSummary & { issueId: string; happenedAt: number; level: Level })[];
}

/** An event as `GET /api/records/live?events=true` tells it (named `event`), between records (named `record`). */
export interface LiveError {
  projectId: string;
  issueId: string;
  eventId: string;
  at: number;
  level: Level;
  title: string;
  culprit: string;
  isNew: boolean;
  isRegression: boolean;
  release: string | null;
  environment: string | null;
  session: string | null;
  url: string | null;
  user: string | null;
}
