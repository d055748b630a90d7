import type { Breadcrumb, Context, Event, Exception } from './event.ts';
import type { LogRecord } from './log-record.ts';

/** A batch says by which version of the wire format it was made. */
export const batchVersion = 1;

/** A body of this type needs no CORS preflight, and `sendBeacon` and `fetch` look the same to the collector. */
export const batchContentType = 'text/plain;charset=UTF-8';

/** `[function, index into files, lineno, colno]`; -1 where the file is unknown, 0 where line or column are. */
export type BatchFrame = [string, number, number, number];

export interface BatchException extends Omit<Exception, 'frames'> {
  /** Index into `stacks`. */
  stack?: number;
}

/**
 * An event as it travels. Absent fields have the defaults `at`: the batch's `sentAt`, `level: 'error'`, `mechanism: 'onerror'`, `handled: false`,
 * `count: 1`, no exceptions, no breadcrumbs. A field of the context that is present here replaces the batch's.
 */
export interface BatchEvent extends Partial<Omit<Event, 'id' | 'exceptions' | 'breadcrumbs'>>, Pick<Event, 'id'> {
  exceptions?: BatchException[];
  /** The slice of the batch's trail that came before: from (inclusive), to (exclusive). Absent: the batch's `slice`. */
  trail?: [number, number];
}

/** By reason. */
export type Counts = Record<string, number>;

/** What was dropped in the page, and why: the name of the rule or limit. */
export interface Dropped {
  reason: string;
  count: number;
}

/** One message from a page to the collector. What its events and records share stands once. */
export interface Batch extends Context {
  version: typeof batchVersion;
  /** Random: by it, later batches may go on from this one. */
  id?: string;
  sdk: { name: string; version: string };
  /** Milliseconds since 1970 by the page's clock when it was sent: corrects the clocks of wrong machines. */
  sentAt: number;
  trail?: Breadcrumb[];
  /** Which breadcrumbs came before each event that says nothing else. Absent: none. */
  slice?: [number, number];
  /** Script URLs. */
  files?: string[];
  frames?: BatchFrame[];
  /** Each stack is a list of indexes into `frames`, newest first. */
  stacks?: number[][];
  /** May be empty. */
  events: BatchEvent[];
  /** Lines of a log; the batch's context is theirs. */
  records?: LogRecord[];
  /** How many were dropped in the page since its last batch, by reason: the name of the rule or limit. */
  dropped?: Counts;
}

/**
 * A batch that says only what is new since another one: fields that are absent are the base's, and its lists go on where
 * the base's end, so that indexes count from the beginning of those.
 */
export interface NextBatch extends Partial<Omit<Batch, 'id' | 'sentAt' | 'events'>>, Pick<Batch, 'sentAt' | 'events'> {
  /** The `id` of the other. */
  base: string;
}

/** A field that was refused or cut, and where. */
export interface Problem {
  /** Such as `events[3].exceptions[0].type`; empty for the batch itself. */
  path: string;
  message: string;
}

/** The collector's answer to a batch. */
export interface BatchAnswer {
  /** Events and records that are now on disk, those known before included. */
  accepted: number;
  /** Of these, those whose id had arrived before. */
  duplicates: number;
  /** Events and records refused. */
  refused: number;
  problems: Problem[];
}
