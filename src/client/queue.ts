import type { Counts } from '../protocol/batch.ts';
import type { Event } from '../protocol/event.ts';
import { limits } from '../protocol/limits.ts';
import { guard } from './lib/attempt.ts';
import { createId } from './lib/id.ts';
import { now } from './lib/now.ts';
import { createLimit } from './limit.ts';
import type { Outbox } from './outbox.ts';
import { packBatch, shareEvent } from './pack.ts';
import type { Base, Shared, Waiting } from './pack.ts';
import type { Taken, Transport } from './transport.ts';

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
  /** What became of it when it was handed over last; undefined: it waits. */
  _taken: Taken;
  /** Of these in storage: all, or none. */
  _stored: number;
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
const gatherMs = 25;
const holdMs = 60_000;
const maxAgeMs = 7 * 24 * 3600 * 1000;

export function createQueue(handOver: Transport, outbox: Outbox, warn: (message: string) => void): Queue {
  const isWithinLimit = createLimit();
  const entries = new Set<Entry>();
  const known = new Map<string, Entry>();
  const sharedIds = new Set<string>();
  let dropped: Counts | undefined;
  let shared: Shared | undefined;
  let base: Base | undefined;
  // The collector bounds what copies of shared parts come to (`limits.sharedChars`): 200 full ones stay below it.
  let maxEvents = 200;
  let length = 0;
  let storedLength = 0;
  let flights = 0;
  let failures = 0;
  let pausedUntil = 0;
  let gatheringUntil = 0;
  let calls = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waking: ReturnType<typeof setTimeout> | undefined;
  let saving: ReturnType<typeof setTimeout> | undefined;

  /** An answer is to come, or came just now: what happens meanwhile shares the next batch. */
  const isBusy = () => flights || now() < gatheringUntil;

  const drop = (reason: string, count = 1) => {
    dropped ??= {};
    dropped[reason] = (dropped[reason] ?? 0) + count;
  };
  const restore = (counts?: Counts) => {
    for (const reason in counts) drop(reason, counts[reason]);
  };

  const keep = (_event: Waiting, _shared: Shared, text = JSON.stringify(_event), _times = 0, _due = 0): Entry => {
    const _length = text.length;
    // Once more, for a rejection that was handled later.
    const _key = `${_shared.id}:${_event.id}${_event.handled || ''}`;
    const entry = { _key, _event, _shared, _length, _times, _due, _taken: undefined, _stored: _length };
    entries.add(entry);
    sharedIds.add(_shared.id);
    length += _length;
    storedLength += _length;
    return entry;
  };

  const save = (entry: Entry) => entry._stored && outbox._put(entry._key, JSON.stringify(entry._event));

  /** Nobody changes its count any more: other tabs may send it too. */
  const settle = (entry: Entry) => {
    if (!entry._event.until) return;
    entry._event.until = undefined;
    save(entry);
  };

  const unstore = (entry: Entry) => {
    outbox._put(entry._key);
    storedLength -= entry._stored;
    entry._stored = 0;
  };

  const forget = (entry: Entry) => {
    if (entries.delete(entry)) length -= entry._length;
    unstore(entry);
    if (entries.size) return;
    for (const id of sharedIds) outbox._put(id);
    sharedIds.clear();
    shared = undefined;
  };

  /** Storage and memory are the page's. What goes first happened often, or long ago; a tenth at once, it takes time. */
  const bound = () => {
    if (storedLength <= maxStored) return;
    for (const entry of [...entries].sort((a, b) => b._times - a._times || a._event.at - b._event.at))
      if (length > maxLength) {
        forget(entry);
        drop('outbox-full');
      } else if (storedLength > maxStored * 0.9) unstore(entry);
  };

  const add: Queue['_add'] = (event, fingerprint) => {
    const last = known.get(fingerprint);
    if (last?._event.until && now() < last._event.until) {
      last._event.count = (last._event.count ?? 1) + event.count;
      saving ??= setTimeout(() => {
        saving = undefined;
        for (const each of entries) if (each._event.until) save(each);
      }, secondMs);
      return;
    }
    if (!isWithinLimit(!!last)) return drop('rate-limit');
    if (!shared || shared.trail.length > maxTrail) shared = { id: createId(), context: {}, trail: [] };
    // An empty one is not in storage yet.
    const crumbs = shared.trail.length || -1;
    const shown = shareEvent(event, shared);
    const times = last ? last._times + 1 : 0;
    // The second goes with the batch of the next second; a loop is asked less and less often, at last once a minute.
    const due = times && now() + Math.min((secondMs / 2) * 2 ** times, 60_000);
    if (times) shown.until = due + holdMs;
    const text = JSON.stringify(shown);
    const entry = keep(shown, shared, text, times, due);
    if (known.size > limits.eventsPerBatch) known.clear();
    known.set(fingerprint, entry);
    if (crumbs !== shared.trail.length) outbox._put(shared.id, JSON.stringify(shared));
    outbox._put(entry._key, text);
    bound();
    send();
    return true;
  };

  const answer = (batch: Entry[], counts?: Counts) => (status: number, retryAfterMs: number) => {
    flights--;
    for (const entry of batch) entry._taken = undefined;
    // A captive portal and a service worker's fallback answer 200.
    const isAccepted = status === 202;
    if (!isAccepted) {
      restore(counts);
      // The collector may not have it, or not any more: what comes next is whole.
      base = undefined;
    }
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
        warn(`refused with status ${status}`);
      }
      batch.forEach(forget);
    }
    send();
  };

  /** As many entries as fit one batch: they share context and trail. */
  const take = (all: boolean): Entry[] => {
    const batch: Entry[] = [];
    let room: number = limits.batchBytes;
    for (const entry of entries) {
      if (entry._taken != null || (!all && entry._due > now())) continue;
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
    batch.forEach(settle);
    // Who leaves does not hear that the collector misses the base.
    if (leaving || base?._shared !== first._shared) base = undefined;
    const [body, own] = packBatch(
      first._shared,
      batch.map(({ _event }) => _event),
      now(),
      counts,
      base,
    );
    const moment = leaving ? 2 : isBusy() ? 1 : 0;
    const taken = handOver(body, moment, answer(batch, counts));
    if (taken) {
      flights++;
      base ??= own;
    }
    // Nobody will tell whether it arrived: it stays, and is sent again if the page lives; the collector knows its id.
    else if (!flights && moment !== 1) pausedUntil = now() + secondMs * 5;
    // What nobody took is as it was.
    if (taken == null) {
      calls = maxCalls;
      return false;
    }
    calls++;
    // The more errors come, the more share a batch; what did not fit one does not wait for others.
    if (!moment && entries.size === batch.length) gatheringUntil = now() + Math.min(gatherMs * batch.length, secondMs);
    // A mirror will be taken back before the next is sent.
    if (taken || leaving) dropped = undefined;
    for (const entry of batch) entry._taken = taken;
    return true;
  };

  const send = (all = false, leaving = false) => {
    clearTimeout(timer);
    if (all) gatheringUntil = 0;
    if (leaving || !isBusy()) {
      calls = 0;
      for (const entry of entries) {
        entry._taken ||= undefined;
        if (leaving) settle(entry);
      }
    }
    while ((leaving || (calls < maxCalls && now() >= pausedUntil)) && sendBatch(all, leaving));
    if (leaving && dropped) {
      // A page without any event has nothing else to tell them by.
      const [body] = packBatch({ id: '', context: {}, trail: [] }, [], now(), dropped);
      if (handOver(body, 2, () => {}) == null) outbox._put(`:${createId()}`, JSON.stringify(dropped));
      dropped = undefined;
    }
    if (flights) return;
    const next = Math.min(...[...entries].map((entry) => entry._due));
    if (next < Infinity) timer = setTimeout(send, Math.max(next, pausedUntil, gatheringUntil, now() + 50) - now());
  };

  const drain = guard(() => {
    waking = undefined;
    const stored = new Map(outbox._read());
    const own = new Set([...entries].map((entry) => entry._key));
    for (const [key, value] of stored) {
      const [id = '', isEvent] = key.split(':');
      const { until = 0, ...event } = (value ?? {}) as Waiting;
      const owner = stored.get(id) as Shared | undefined;
      const heldMs = until - now();
      if (!isEvent || own.has(key)) continue;
      // A clock that was set back must not hold it for ever.
      if (heldMs > 0 && heldMs <= 2 * holdMs) {
        waking ??= setTimeout(drain, holdMs);
      } else if (owner && now() - event.at < maxAgeMs) keep(event, owner);
      else {
        outbox._put(key);
        if (id) drop('expired');
        else restore(value as Counts);
      }
    }
    bound();
    // Left alone by a page that died between two writes; or it belongs to what another tab still counts.
    for (const key of stored.keys()) if (!waking && !key.includes(':') && !sharedIds.has(key)) outbox._put(key);
    send();
  });

  return {
    _add: add,
    _drop: drop,
    _withdraw(id) {
      for (const entry of entries)
        if (entry._event.id === id && entry._taken == null) {
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
