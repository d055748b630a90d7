import type { Dropped } from '../protocol/batch.ts';
import type { Event } from '../protocol/event.ts';
import { limits } from '../protocol/limits.ts';
import type { Outbox } from './outbox.ts';
import type { Shared, Waiting } from './pack.ts';
import type { Transport } from './transport.ts';

/** `fresh` was never handed over: its count may still grow. `mirrored`: handed over, but nobody will say what became of it. */
const [fresh, waiting, mirrored, inFlight] = [0, 1, 2, 3] as const;
type State = 0 | 1 | 2 | 3;

/** One event that no answer has acknowledged yet. */
interface Entry {
  _key: string;
  _event: Waiting;
  _shared: Shared;
  _length: number;
  /** How many of its fingerprint came before. */
  _times: number;
  /** Not before this time, unless the page is being left: repeats wait, so that they can be counted. */
  _due: number;
  _state: State;
}

/** What comes after and beside the queue. */
interface Parts {
  _transport: Transport;
  _outbox: Outbox;
  _share: (event: Event, shared: Shared) => Waiting;
  _pack: (shared: Shared, waiting: Waiting[], sentAt: number, dropped: Dropped[]) => string;
  _limit: (isKnown: boolean) => boolean;
  _newId: () => string;
  _now: () => number;
  _warn: (message: string) => void;
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

/** Times that something is handed over before the last answer has come: what else comes meanwhile shares a batch. */
const maxCalls = 50;
const maxTrail = 100;
const maxLength = 1_000_000;
const secondMs = 1_000;
const maxAgeMs = 7 * 24 * 3600 * 1000;

export function createQueue({ _transport, _outbox, _share, _pack, _limit, _newId, _now: now, _warn }: Parts): Queue {
  const entries = new Map<string, Entry>();
  const known = new Map<string, Entry>();
  let dropped: Dropped[] = [];
  let shared: Shared | undefined;
  let savedTrail = 0;
  // The collector bounds what copies of shared parts come to (`limits.sharedChars`): 200 full ones stay below it.
  let maxEvents = 200;
  let length = 0;
  let flights = 0;
  let failures = 0;
  let pausedUntil = 0;
  let calls = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasWarned = false;

  const drop = (reason: string, count = 1) => {
    const known = dropped.find((each) => each.reason === reason);
    if (known) known.count += count;
    else dropped.push({ reason, count });
  };
  const restore = (counts: Dropped[]) => counts.forEach(({ reason, count }) => drop(reason, count));
  const isShared = (other: Shared) => [...entries.values()].some(({ _shared }) => _shared === other);

  const keep = (_event: Waiting, _shared: Shared, _length: number, _times = 0, _due = 0): Entry => {
    const _key = `${_shared.id}:${_event.id}`;
    const entry = { _key, _event, _shared, _length, _times, _due, _state: fresh };
    entries.set(_key, entry);
    length += _length;
    return entry;
  };

  const forget = ({ _key, _shared, _length }: Entry) => {
    if (entries.delete(_key)) length -= _length;
    _outbox._remove(_key);
    if (isShared(_shared)) return;
    _outbox._remove(_shared.id);
    if (shared === _shared) shared = undefined;
  };

  /** Storage and memory are the page's. What is lost first happened often, or long ago. */
  const bound = () => {
    while (length > maxLength) {
      forget([...entries.values()].reduce((a, b) => ((b._times - a._times || a._event.at - b._event.at) > 0 ? b : a)));
      drop('outbox-full');
    }
  };

  const add: Queue['_add'] = (event, fingerprint) => {
    const last = known.get(fingerprint);
    if (last && !last._state) {
      last._event.count = (last._event.count ?? 1) + event.count;
      return;
    }
    if (!_limit(!!last)) return drop('rate-limit');
    if (!shared || shared.trail.length > maxTrail) {
      shared = { id: _newId(), context: {}, trail: [] };
      savedTrail = -1;
    }
    const shown = _share(event, shared);
    const text = JSON.stringify(shown);
    const times = last ? last._times + 1 : 0;
    // The second goes with the batch of the next second; a loop is asked less and less often, at last once a minute.
    const entry = keep(
      shown,
      shared,
      text.length,
      times,
      times && now() + Math.min((secondMs / 2) * 2 ** times, 60_000),
    );
    if (known.size > limits.eventsPerBatch) known.clear();
    known.set(fingerprint, entry);

    if (savedTrail !== shared.trail.length) _outbox._put(shared.id, JSON.stringify(shared));
    savedTrail = shared.trail.length;
    _outbox._put(entry._key, text);
    bound();
    send();
  };

  const answer = (batch: Entry[], counts: Dropped[], status: number, retryAfterMs = 0) => {
    flights--;
    for (const entry of batch) entry._state = waiting;
    // A captive portal and a service worker's fallback answer 200.
    const isAccepted = status === 202;
    if (!isAccepted) restore(counts);
    if (status === 413 && batch.length > 1) {
      maxEvents = batch.length >> 1;
    } else if (!isAccepted && (status < 400 || status === 429 || status > 499)) {
      // Of many that fail together, one counts.
      const pause = now() < pausedUntil ? 0 : Math.min(secondMs * 2 ** failures++, 300_000) * (0.5 + Math.random() / 2);
      pausedUntil = Math.max(pausedUntil, now() + Math.max(pause, retryAfterMs));
    } else {
      failures = 0;
      if (!isAccepted) {
        drop('refused', batch.length);
        if (!hasWarned) _warn(`refused with status ${status}`);
        hasWarned = true;
      }
      batch.forEach(forget);
    }
    send();
  };

  /** As many entries as fit one batch: they share context and trail. */
  const take = (all: boolean): Entry[] => {
    const batch: Entry[] = [];
    let room: number = limits.batchBytes;
    for (const entry of entries.values()) {
      if (entry._state > waiting || (!all && entry._due > now())) continue;
      if (!batch[0]) room -= JSON.stringify(entry._shared).length + secondMs;
      else if (batch[0]._shared !== entry._shared || room < entry._length || batch.length >= maxEvents) continue;
      room -= entry._length;
      batch.push(entry);
    }
    return batch;
  };

  /** Hands one batch over; false when there was none, or nobody took it. */
  const sendBatch = (all: boolean, leaving: boolean): boolean => {
    const batch = take(all);
    const [first] = batch;
    if (!first) return false;
    const counts = dropped;
    const body = _pack(
      first._shared,
      batch.map(({ _event }) => _event),
      now(),
      counts,
    );
    dropped = [];
    const taken = _transport(body, leaving ? 2 : flights ? 1 : 0, (status, retryAfterMs) =>
      answer(batch, counts, status, retryAfterMs),
    );
    // What nobody took is as it was.
    if (taken != null) for (const entry of batch) entry._state = taken ? inFlight : mirrored;
    calls = taken == null ? maxCalls : calls + 1;
    if (taken) flights++;
    // Nobody will tell whether it arrived: it stays, and is sent again if the page lives; the collector knows its id.
    else if (!flights) pausedUntil = now() + secondMs * 5;
    if (taken == null) restore(counts);
    return taken != null;
  };

  const send = (all = false, leaving = false) => {
    clearTimeout(timer);
    if (leaving || !flights) {
      calls = 0;
      for (const entry of entries.values()) if (entry._state === mirrored) entry._state = waiting;
    }
    while ((leaving || (calls < maxCalls && now() >= pausedUntil)) && sendBatch(all, leaving));
    if (flights) return;
    const next = Math.min(...[...entries.values()].map(({ _due }) => _due));
    if (next < Infinity) timer = setTimeout(send, Math.max(next, pausedUntil, now() + 50) - now());
  };

  const drain = () => {
    const stored = new Map(_outbox._read());
    for (const [key, value] of stored) {
      const [id = '', isEvent] = key.split(':');
      const event = value as Waiting | undefined;
      const owner = stored.get(id) as Shared | undefined;
      if (isEvent && !entries.has(key)) {
        if (owner && event && now() - event.at < maxAgeMs) keep(event, owner, JSON.stringify(event).length);
        else {
          _outbox._remove(key);
          drop('expired');
        }
      }
    }
    bound();
    // Left alone by a page that died between two writes.
    const used = new Set([...entries.values()].map(({ _shared }) => _shared.id));
    for (const key of stored.keys()) if (!key.includes(':') && !used.has(key)) _outbox._remove(key);
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
    _isEmpty: () => !entries.size,
    _close: () => clearTimeout(timer),
  };
}
