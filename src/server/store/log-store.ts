import type { Context, Level } from '../../protocol/event.ts';
import type { LogRecord } from '../../protocol/log-record.ts';
import type { ValueTerm, WordsTerm } from './search-terms.ts';

/** A record ready to be kept. */
export interface ArrivedRecord extends Omit<LogRecord, 'at' | 'data'> {
  /** By the collector's clock, ms. */
  happenedAt: number;
  /** JSON of its fields. */
  data: string | undefined;
}

/** Records that arrived together, and their context. */
export interface ArrivedLog {
  /** Scrubbed, as JSON. */
  context: string;
  /** Number that stands for the user; undefined if nothing tells users apart. */
  user: number | undefined;
  /** Property and value pairs to find them by, `session` among them. */
  values: [string, string][];
  records: ArrivedRecord[];
}

/** A record as it is kept. `at` is when it happened by the collector's clock. */
export interface KeptRecord extends LogRecord {
  /** Position in the order of time. */
  place: number;
  projectId: string;
  receivedAt: number;
  context: Context;
}

/** The logger's name begins so; with `isTree` it is this one or one below it. */
export interface LoggerTerm {
  name: string;
  isTree: boolean;
  isNot: boolean;
}

export interface LevelTerm {
  levels: Level[];
  isNot: boolean;
}

/** What a search of records asks for; a record must meet all of it. */
export interface LogTerms {
  words: WordsTerm[];
  /** Of the context. */
  values: ValueTerm[];
  levels: LevelTerm[];
  loggers: LoggerTerm[];
}

export interface LogQuery extends LogTerms {
  projectId?: string;
  limit: number;
  /** Only those before this place. */
  before?: number;
  /** Only those that happened at this time, ms, or later. */
  since?: number;
}

/** What is only ever appended, beside events: lines of logs. */
export interface LogStore {
  /** Newest first. `next` is the place to go on before; undefined at the end. It may come with fewer than were asked for. */
  list(query: LogQuery): Promise<{ records: KeptRecord[]; next: number | undefined }>;
  /** Ids are unique per project only. */
  find(id: string, projectId?: string): Promise<KeptRecord | undefined>;
  /** Names of loggers, or values of a property, that begin so. */
  known(property: string, begin: string, limit: number): Promise<string[]>;
  /** The oldest of those that came after a mark, for rules; `upTo` is the next mark. */
  noted(after: number, limit: number): Promise<{ records: KeptRecord[]; upTo: number }>;
  /** Called after each commit with what was new in it, in this process's thread. */
  onAppended(listener: (records: KeptRecord[]) => void): void;
}
