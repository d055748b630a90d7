import type { Dropped } from '../protocol/batch.ts';
import type { Event } from '../protocol/event.ts';
import { limits } from '../protocol/limits.ts';
import { attempt, guard } from './lib/attempt.ts';
import type { Outbox } from './outbox.ts';
import type { Shared, Waiting } from './pack.ts';
import type { Transport } from './transport.ts';

/** `fresh` was never handed over: its count may still grow. `mirrored`: handed over, but nobody will say what became of it. */
const fresh = 0;
const waiting = 1;
const mirrored = 2;
const inFlight = 3;
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
  _isStored: boolean;
  /** Until then its count may grow, and tabs that find it in storage leave it alone. Later nobody changes it. */
  _until: number;
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
  _add: (event: Event, key: string) => boolean | void;
  _drop: (reason: string, count?: number) => void;
  /** Forgets one event if nobody has got it yet. */
  _withdraw: (id: string) => boolean;
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
/** Characters in memory, and of these in storage: that one is the page's too. */
const maxLength = 4_000_000;
const maxStored = 1_000_000;
const secondMs = 1_000;
const holdMs = 60_000;
const maxAgeMs = 7 * 24 * 3600 * 1000;

export function createQueue({ _transport, _outbox, _share, _pack, _limit, _newId, _now: now, _warn }: Parts): Queue {
  const entries = new Map<string, Entry>();
  const known = new Map<string, Entry>();
  const raised = new Set<Entry>();
  let dropped: Dropped[] = [];
  let shared: Shared | undefined;
  let savedTrail = 0;
  // The collector bounds what copies of shared parts come to (`limits.sharedChars`): 200 full ones stay below it.
  let maxEvents = 200;
  let length = 0;
  let storedLength = 0;
  let flights = 0;
  let failures = 0;
  let pausedUntil = 0;
  let calls = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waking: ReturnType<typeof setTimeout> | undefined;
  let saving: ReturnType<typeof setTimeout> | undefined;
  let hasWarned = false;

  const drop = (reason: string, count = 1) => {
    const known = dropped.find((each) => each.reason === reason);
    if (known) known.count += count;
    else dropped.push({ reason, count });
  };
  const restore = (counts: Dropped[]) => counts.forEach(({ reason, count }) => drop(reason, count));
  const isShared = (other: Shared) => [...entries.values()].some(({ _shared }) => _shared === other);

  const keep = (_event: Waiting, _shared: Shared, _length: number, _times = 0, _due = 0): Entry => {
    // Once more, for a rejection that was handled later.
    const _key = `${_shared.id}:${_event.id}${_event.handled || ''}`;
    const entry = { _key, _event, _shared, _length, _times, _due, _state: fresh as State, _isStored: true, _until: 0 };
    entries.set(_key, entry);
    length += _length;
    storedLength += _length;
    return entry;
  };

  const save = (entry: Entry, until = 0) => {
    raised.delete(entry);
    entry._until = until;
    if (entry._isStored) _outbox._put(entry._key, JSON.stringify({ ...entry._event, until: until || undefined }));
  };

  const unstore = (entry: Entry) => {
    _outbox._remove(entry._key);
    if (entry._isStored) storedLength -= entry._length;
    entry._isStored = false;
  };

  const forget = (entry: Entry) => {
    const { _key, _shared, _length } = entry;
    if (entries.delete(_key)) length -= _length;
    raised.delete(entry);
    unstore(entry);
    if (isShared(_shared)) return;
    _outbox._remove(_shared.id);
    if (shared === _shared) shared = undefined;
  };

  /** Storage and memory are the page's. What goes first happened often, or long ago; a tenth at once, it takes time. */
  const bound = () => {
    const excess = (isTooMuch: boolean) =>
      isTooMuch ? [...entries.values()].sort((a, b) => b._times - a._times || a._event.at - b._event.at) : [];
    for (const entry of excess(storedLength > maxStored)) if (storedLength > maxStored * 0.9) unstore(entry);
    for (const entry of excess(length > maxLength))
      if (length > maxLength * 0.9) {
        forget(entry);
        drop('outbox-full');
      }
  };

  const add: Queue['_add'] = (event, fingerprint) => {
    const last = known.get(fingerprint);
    if (last && !last._state && now() < last._until) {
      last._event.count = (last._event.count ?? 1) + event.count;
      raised.add(last);
      saving ??= setTimeout(() => {
        saving = undefined;
        for (const each of raised) save(each, now() + holdMs);
      }, secondMs);
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
    if (times) save(entry, now() + holdMs);
    else _outbox._put(entry._key, text);
    bound();
    send();
    return true;
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
    const taken = _transport(
      body,
      leaving ? 2 : flights ? 1 : 0,
      (status, retryAfterMs) => answer(batch, counts, status, retryAfterMs),
      !calls,
    );
    // What nobody took is as it was.
    if (taken != null)
      for (const entry of batch) {
        entry._state = taken ? inFlight : mirrored;
        if (entry._until) save(entry);
      }
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
    if (leaving) {
      for (const entry of entries.values()) if (entry._until) save(entry);
      if (dropped[0]) _outbox._put(`:${_newId()}`, JSON.stringify(dropped));
      dropped = [];
    }
    if (flights) return;
    const next = Math.min(...[...entries.values()].map(({ _due }) => _due));
    if (next < Infinity) timer = setTimeout(send, Math.max(next, pausedUntil, now() + 50) - now());
  };

  const drain = () => {
    const stored = new Map(_outbox._read());
    const used = new Set<string>();
    for (const [key, value] of stored) {
      const [id = '', isEvent] = key.split(':');
      const { until = 0, ...event } = (value ?? {}) as Waiting & { until?: number };
      const owner = stored.get(id) as Shared | undefined;
      const heldMs = until - now();
      if (!isEvent || entries.has(key)) continue;
      // A clock that was set back must not hold it for ever.
      if (heldMs > 0 && heldMs <= holdMs) {
        used.add(id);
        clearTimeout(waking);
        waking = setTimeout(guard(drain), holdMs);
      } else if (owner && now() - event.at < maxAgeMs) keep(event, owner, JSON.stringify(event).length);
      else {
        _outbox._remove(key);
        if (id) drop('expired');
        else attempt(() => restore(value as Dropped[]));
      }
    }
    bound();
    // Left alone by a page that died between two writes.
    for (const { _shared } of entries.values()) used.add(_shared.id);
    for (const key of stored.keys()) if (!key.includes(':') && !used.has(key)) _outbox._remove(key);
    send();
  };

  return {
    _add: add,
    _drop: drop,
    _withdraw(id) {
      for (const entry of entries.values())
        if (entry._event.id === id && entry._state < mirrored) {
          forget(entry);
          drop('handled', entry._event.count);
          return true;
        }
      return false;
    },
    _send: send,
    _wake() {
      failures = pausedUntil = 0;
      send();
    },
    _drain: drain,
    _isEmpty: () => !entries.size,
    _close() {
      for (const each of [timer, waking, saving]) clearTimeout(each);
    },
  };
}
