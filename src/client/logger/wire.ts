import type { Counts } from '../../protocol/batch.ts';
import type { LogRecord } from '../../protocol/log-record.ts';
import { attempt, guard } from '../lib/attempt.ts';
import { now } from '../lib/now.ts';
import type { Handler } from './logging.ts';

/** The collector's answer. Status 0: none came. */
export interface Answer {
  status: number;
  /** Of `Retry-After`, milliseconds. */
  retryAfterMs: number;
}

/** Records that travel together, and what was dropped before. */
export interface Parcel {
  _records: LogRecord[];
  /** What all of them have in common: the address of the page. */
  _place: string;
  _dropped: Counts;
}

export interface WireParts {
  /** Records of one batch. */
  _maxRecords: number;
  /** Characters of JSON of one batch. */
  _maxChars: number;
  _place: () => string;
  /** Hands a batch over. Undefined: there is nobody to send to yet. */
  _send: (parcel: Parcel) => Promise<Answer> | undefined;
  /** The same while the page is being left: nobody will answer. False: not taken. */
  _leave?: (parcel: Parcel) => boolean;
  /** Like `setTimeout`; returns how to call it off. */
  _later: (run: () => void, ms: number) => () => void;
  _warn: (message: string) => void;
}

export interface Wire {
  _add: Handler;
  /** Sends what waits now; resolves to true when all of it was answered, to false after the first failure. */
  _flush: () => Promise<boolean>;
  /** Sends by what survives the page. What was sent so is sent again if the page lives: the collector knows its ids. */
  _leave: () => void;
  /** Forgets the pause after failures: the network is back, or the page. */
  _wake: () => void;
  _close: () => void;
}

interface Entry {
  _record: LogRecord;
  _place: string;
  _length: number;
  /** An answer is still to come, or, if the page was being left, none will. */
  _isHandedOver: boolean;
}

/** What waits while nobody answers: the oldest go first. */
const maxWaiting = 1_000;
const maxWaitingChars = 500_000;
/** So that records which come together travel together. */
const holdMs = 1_000;
const maxPauseMs = 300_000;
/** Where there is nobody to send to, somebody may come late: the reporter's script. */
const maxAbsenceMs = 30_000;

/** Keeps records until the collector has them: in batches, one at a time, with a pause after each failure. */
export function createWire({ _maxRecords, _maxChars, _place, _send, _leave, _later, _warn }: WireParts): Wire {
  let waiting: Entry[] = [];
  let length = 0;
  let dropped: Counts = {};
  let flight: Promise<boolean> | undefined;
  let maxRecords = _maxRecords;
  let failures = 0;
  let absences = 0;
  let pausedUntil = 0;
  let cancel: (() => void) | undefined;
  let hasWarned = false;

  const drop = (reason: string, count: number) => {
    dropped[reason] = (dropped[reason] ?? 0) + count;
  };

  const remove = (gone: Entry[]) => {
    const set = new Set(gone);
    waiting = waiting.filter((entry) => !set.has(entry));
    length = waiting.reduce((sum, { _length }) => sum + _length, 0);
  };

  /** A tenth at once: it takes time. */
  const bound = () => {
    if (waiting.length <= maxWaiting && length <= maxWaitingChars) return;
    const excess: Entry[] = [];
    let chars = length;
    for (const entry of waiting) {
      if (waiting.length - excess.length <= maxWaiting * 0.9 && chars <= maxWaitingChars * 0.9) break;
      excess.push(entry);
      chars -= entry._length;
    }
    remove(excess);
    drop('log-queue-full', excess.length);
  };

  /** The oldest that fit one batch, and that have the same place. */
  const take = (entries: Entry[]): Entry[] => {
    let room = _maxChars;
    const end = entries.findIndex(
      (entry, i) => (room -= entry._length) < 0 || i >= maxRecords || entry._place !== entries[0]?._place,
    );
    return entries.slice(0, end < 0 ? undefined : Math.max(1, end));
  };

  const toParcel = (batch: Entry[], counts: Counts): Parcel => ({
    _records: batch.map(({ _record }) => _record),
    _place: batch[0]?._place ?? '',
    _dropped: counts,
  });

  /** True: what was sent is out of the way, the next may follow. */
  const settle = (batch: Entry[], counts: Counts, { status, retryAfterMs }: Answer): boolean => {
    // A captive portal and a service worker's fallback answer 200.
    const isAccepted = status === 202;
    if (!isAccepted) for (const [reason, count] of Object.entries(counts)) drop(reason, count);
    if (status === 413 && batch.length > 1) maxRecords = batch.length >> 1;
    else if (!isAccepted && (status < 400 || status === 429 || status > 499)) {
      const pause = Math.min(holdMs * 2 ** failures++, maxPauseMs) * (0.5 + Math.random() / 2);
      pausedUntil = now() + Math.max(pause, Math.min(retryAfterMs, maxPauseMs));
      return false;
    } else {
      failures = 0;
      if (!isAccepted) {
        drop('log-refused', batch.length);
        if (!hasWarned) _warn(`records refused with status ${status}`);
        hasWarned = true;
      }
      remove(batch);
    }
    return true;
  };

  /** What waits now; what comes meanwhile waits for its neighbours. */
  const sendAll = async (): Promise<boolean> => {
    for (let left = waiting.length; left > 0 && waiting.length;) {
      const batch = take(waiting);
      const counts = dropped;
      const answer = attempt(() => _send(toParcel(batch, counts)));
      if (!answer) {
        pausedUntil = now() + Math.min(holdMs * 2 ** absences++, maxAbsenceMs);
        return false;
      }
      dropped = {};
      absences = 0;
      for (const each of batch) each._isHandedOver = true;
      const isSettled = settle(batch, counts, await answer);
      for (const each of batch) each._isHandedOver = false;
      if (!isSettled) return false;
      if (!waiting.includes(batch[0] as Entry)) left -= batch.length;
    }
    return true;
  };

  const flush = (): Promise<boolean> => {
    cancel?.();
    cancel = undefined;
    flight ??= sendAll()
      .catch(() => false)
      .then((isSent) => {
        flight = undefined;
        schedule();
        return isSent;
      });
    return flight;
  };

  const schedule = () => {
    if (!waiting.length || flight || cancel) return;
    const run = () => {
      cancel = undefined;
      void flush();
    };
    cancel = _later(guard(run), Math.max(holdMs, pausedUntil - now()));
  };

  return {
    _add(record) {
      let entry = { _record: record, _place: _place(), _length: JSON.stringify(record).length, _isHandedOver: false };
      // Characters that JSON writes as six.
      if (entry._length > _maxChars) {
        const { data, ...rest } = record;
        entry = {
          ...entry,
          _record: { ...rest, data: { cut: entry._length, keys: Object.keys(data ?? {}).slice(0, 10) } },
        };
        entry._length = JSON.stringify(entry._record).length;
      }
      waiting.push(entry);
      length += entry._length;
      bound();
      if (waiting.length === maxRecords && now() >= pausedUntil) void flush();
      schedule();
    },
    async _flush() {
      await flight;
      return flush();
    },
    _leave() {
      for (let rest = waiting.filter((each) => !each._isHandedOver); rest.length && _leave;) {
        const batch = take(rest);
        const counts = dropped;
        if (!attempt(() => _leave(toParcel(batch, counts)))) return;
        dropped = {};
        for (const each of batch) each._isHandedOver = true;
        rest = rest.slice(batch.length);
      }
    },
    _wake() {
      failures = absences = pausedUntil = 0;
      if (waiting.length) void flush();
    },
    _close() {
      cancel?.();
      waiting = [];
    },
  };
}
