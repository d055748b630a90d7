import type { Dropped } from '../protocol/batch.ts';
import type { Event } from '../protocol/event.ts';
import { limits } from '../protocol/limits.ts';
import type { Outbox } from './outbox.ts';
import type { Shared, Waiting } from './pack.ts';
import type { Transport } from './transport.ts';

/** One event that no answer has acknowledged yet. */
interface Entry {
  _event: Waiting;
  _length: number;
  /** Not before this time, unless the page is being left: repeats wait, so that they can be counted. */
  _due: number;
  _isInFlight?: boolean;
  /** Was handed over at least once: its count must not grow any more. */
  _isSent?: boolean;
  _pass?: number;
}

/** Events that share context and trail: one batch carries events of one chunk; the outbox holds both under its id. */
interface Chunk {
  _id: string;
  _shared: Shared;
  _entries: Set<Entry>;
  _savedTrail?: number;
}

interface Parts {
  transport: Transport;
  outbox: Outbox;
  share: (event: Event, shared: Shared) => Waiting;
  pack: (shared: Shared, waiting: Waiting[], sentAt: number, dropped: Dropped[]) => string;
  newId: () => string;
  now: () => number;
  win: Pick<Window, 'setTimeout' | 'clearTimeout'>;
  warn: (message: string) => void;
}

export interface Queue {
  /** `key` is the event's fingerprint: repeats of one that waits only raise its count. */
  _add: (event: Event, key: string) => void;
  _drop: (reason: string, count?: number) => void;
  /** Sends what is due; with `all` what waits to be counted too; `leaving` by what survives the page. */
  _send: (all?: boolean, leaving?: boolean) => void;
  /** Forgets the pause after failures: the network is back, or the page. */
  _wake: () => void;
  /** Takes over what earlier visits left in the outbox. */
  _drain: () => void;
  _isEmpty: () => boolean;
  _close: () => void;
}

const maxTrail = 200;
const maxLength = 1_000_000;
const batchPauseMs = 1_000;
const maxFlights = 4;
const maxFailures = 8;
const maxAgeMs = 7 * 24 * 3600 * 1000;

export function createQueue({ transport, outbox, share, pack, newId, now, win, warn }: Parts): Queue {
  const chunks: Chunk[] = [];
  const known = new Map<string, { _entry: Entry; _times: number }>();
  const dropped = new Map<string, number>();
  let maxEvents: number = limits.eventsPerBatch;
  let length = 0;
  let flights = 0;
  let failures = 0;
  let lastSend = 0;
  let pausedUntil = 0;
  let pass = 0;
  let timer: number | undefined;
  let hasWarned = false;

  const drop = (reason: string, count = 1) => void dropped.set(reason, (dropped.get(reason) ?? 0) + count);

  const createChunk = (id: string, shared: Shared): Chunk => {
    const chunk = { _id: id, _shared: shared, _entries: new Set<Entry>() };
    chunks.push(chunk);
    return chunk;
  };

  let open: Chunk | undefined;
  const openChunk = (): Chunk =>
    open && chunks.includes(open) && open._shared.trail.length < maxTrail
      ? open
      : (open = createChunk(newId(), { context: {}, trail: [] }));

  const keep = (chunk: Chunk, event: Waiting, text: string, due = 0): Entry => {
    const entry = { _event: event, _length: text.length, _due: due };
    chunk._entries.add(entry);
    length += entry._length;
    return entry;
  };

  const forget = (chunk: Chunk, entry: Entry) => {
    if (!chunk._entries.delete(entry)) return;
    length -= entry._length;
    outbox._remove(`${chunk._id}:${entry._event.id}`);
    if (chunk._entries.size) return;
    outbox._remove(chunk._id);
    chunks.splice(chunks.indexOf(chunk), 1);
  };

  const add: Queue['_add'] = (event, key) => {
    const seen = known.get(key);
    if (seen && !seen._entry._isSent) {
      seen._entry._event.count = (seen._entry._event.count ?? 1) + event.count;
      return;
    }
    const chunk = openChunk();
    const waiting = share(event, chunk._shared);
    const text = JSON.stringify(waiting);
    const times = seen ? seen._times + 1 : 0;
    // The second goes with the batch of the next second; a loop is asked less and less often, at last once a minute.
    const wait = times && Math.min(batchPauseMs * 2 ** (times - 1), 60_000);
    const entry = keep(chunk, waiting, text, wait && now() + wait);
    if (known.size >= limits.eventsPerBatch) known.clear();
    known.set(key, { _entry: entry, _times: times });

    const { trail } = chunk._shared;
    if (chunk._savedTrail !== trail.length) outbox._put(chunk._id, JSON.stringify(chunk._shared));
    chunk._savedTrail = trail.length;
    outbox._put(`${chunk._id}:${event.id}`, text);
    // Memory and storage are the page's: without an answer for long, the oldest goes.
    const [oldest] = chunks;
    const [eldest] = oldest?._entries ?? [];
    if (oldest && eldest && length > maxLength) {
      forget(oldest, eldest);
      drop('outbox-full');
    }
    send();
  };

  /** As many entries as fit one batch. */
  const take = (chunk: Chunk, all: boolean): Entry[] => {
    const taken: Entry[] = [];
    let room = limits.batchBytes - JSON.stringify(chunk._shared).length - 1_000;
    for (const entry of chunk._entries) {
      if (entry._isInFlight || entry._pass === pass || (!all && entry._due > now())) continue;
      room -= entry._length;
      if (taken.length >= maxEvents || (taken.length && room < 0)) break;
      taken.push(entry);
    }
    return taken;
  };

  const answer = (chunk: Chunk, entries: Entry[], counts: Dropped[], status: number, retryAfterMs = 0) => {
    flights--;
    for (const entry of entries) entry._isInFlight = false;
    const isAccepted = status > 199 && status < 300;
    if (!isAccepted) for (const { reason, count } of counts) drop(reason, count);
    if (status === 413 && entries.length > 1) {
      maxEvents = entries.length >> 1;
    } else if (!status || status === 429 || status > 499) {
      const pause = Math.min(batchPauseMs * 2 ** failures++, 300_000) * (0.5 + Math.random() / 2);
      pausedUntil = now() + Math.max(pause, retryAfterMs);
    } else {
      failures = 0;
      if (!isAccepted) {
        drop('refused', entries.length);
        if (!hasWarned) warn(`the collector refused a report with status ${status}`);
        hasWarned = true;
      }
      for (const entry of entries) forget(chunk, entry);
    }
    send();
  };

  /** Hands one batch over; false when there was none, or nobody took it. */
  const sendBatch = (chunk: Chunk, all: boolean, leaving: boolean): boolean => {
    const entries = take(chunk, all);
    if (!entries.length) return false;
    const counts = Array.from(dropped, ([reason, count]) => ({ reason, count }));
    const events = entries.map((entry) => {
      entry._pass = pass;
      entry._isSent = true;
      return entry._event;
    });
    const body = pack(chunk._shared, events, now(), counts);
    dropped.clear();
    lastSend = now();
    flights++;
    for (const entry of entries) entry._isInFlight = true;
    const taken = transport(body, leaving, (status, retryAfterMs) =>
      answer(chunk, entries, counts, status, retryAfterMs),
    );
    if (taken !== 'answering') {
      // Nobody will tell whether it arrived: it stays, and is sent again if the page lives; the collector knows its id.
      flights--;
      pausedUntil = now() + batchPauseMs * 5;
      for (const entry of entries) entry._isInFlight = false;
      if (!taken) for (const { reason, count } of counts) drop(reason, count);
    }
    return !!taken;
  };

  const send = (all = false, leaving = false) => {
    win.clearTimeout(timer);
    pass++;
    // One request at a time while the page lives: what comes meanwhile shares the next batch.
    const mayStart = () =>
      leaving || (now() >= pausedUntil && (!flights || (flights < maxFlights && now() - lastSend >= batchPauseMs)));
    for (const chunk of [...chunks]) while (mayStart() && sendBatch(chunk, all, leaving));
    schedule();
  };

  const schedule = () => {
    let next = Infinity;
    for (const { _entries } of chunks) {
      for (const entry of _entries) if (!entry._isInFlight) next = Math.min(next, entry._due);
    }
    if (next < Infinity && failures < maxFailures) {
      next = Math.max(next, pausedUntil, flights ? lastSend + batchPauseMs : 0);
      timer = win.setTimeout(send, Math.max(next - now(), 50));
    }
  };

  const drain = () => {
    const stored = new Map(outbox._read());
    for (const [key, value] of stored) {
      const [id = '', isEvent] = key.split(':');
      const event = value as Waiting | undefined;
      if (
        !isEvent ||
        !event ||
        chunks.some(({ _id, _entries }) => _id === id && [..._entries].some(({ _event }) => _event.id === isEvent))
      )
        continue;
      if (!(now() - event.at < maxAgeMs)) {
        outbox._remove(key);
        drop('expired');
        continue;
      }
      const shared = (stored.get(id) as Shared | undefined) ?? { context: {}, trail: [] };
      const chunk = chunks.find(({ _id }) => _id === id) ?? createChunk(id, shared);
      keep(chunk, event, JSON.stringify(event));
    }
    for (const key of stored.keys()) {
      if (!key.includes(':') && !chunks.some(({ _id }) => _id === key)) outbox._remove(key);
    }
    send();
  };

  return {
    _add: add,
    _drop: drop,
    _send: send,
    _wake() {
      failures = pausedUntil = 0;
      send();
    },
    _drain: drain,
    _isEmpty: () => !chunks.length,
    _close: () => win.clearTimeout(timer),
  };
}
