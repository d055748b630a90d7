import { limits } from '../protocol/limits.ts';
import { attempt } from './lib/attempt.ts';
import { win } from './lib/win.ts';

/** Status 0: no answer came. */
export type OnAnswer = (status: number, retryAfterMs: number) => void;

/** True: taken, an answer will come. False: taken, but nobody will ever say whether it arrived. Undefined: not taken. */
export type Taken = boolean | undefined;

/** A rung of the ladder: takes the body, or says that it cannot. */
export type Rung = (body: string, done: OnAnswer) => Taken;

/**
 * What a body is handed over for: 0: to be answered. 1: an answer is still to come, the page may die first. 2: the page
 * is being left.
 */
export type Transport = (body: string, moment: 0 | 1 | 2, done: OnAnswer) => Taken;

type Fetch = typeof globalThis.fetch;
type FetchLater = (url: string, init: RequestInit) => object;

const timeoutMs = 15_000;
const maxFrames = 3;

/** Keeps the page's own fetch and sendBeacon from before anything is patched. */
export function createTransport(url: string, isForbidden: () => boolean): Transport {
  // Not `navigator`: the browser takes a sixth of a millisecond to make it, which the start need not pay.
  const { fetchLater } = win as { fetchLater?: FetchLater };
  const request = (body: string, init: RequestInit) => ({
    method: 'POST',
    body,
    credentials: 'omit' as const,
    ...init,
  });

  /**
   * Its answer is the acknowledgement. Browsers grant 64 KiB in flight to beacons and keepalive requests of a document
   * together; the page needs some too.
   */
  const keepaliveOf = (view: Window & { fetch: Fetch }): Rung => {
    const { fetch } = view;
    let inFlightBytes = 0;
    let hasFailed = false;
    return (body, done) => {
      const bytes = new TextEncoder().encode(body).length;
      // What is larger than the quota can only go while the page lives; so can all when the page itself has used it up,
      // which nobody tells: the request only fails.
      const keepalive = !hasFailed && bytes <= limits.batchBytes;
      const cost = keepalive ? bytes : 0;
      if (inFlightBytes + cost > limits.batchBytes) return undefined;
      const end = (status: number, retryAfterMs = 0) => {
        inFlightBytes -= cost;
        hasFailed = !status;
        done(status, retryAfterMs);
      };
      const signal = AbortSignal.timeout?.(timeoutMs);
      const promise = fetch.call(view, url, request(body, { keepalive, signal }));
      inFlightBytes += cost;
      promise
        // The browser holds the quota until the answer has ended.
        .then((answer) => answer.text().then(() => answer))
        .then(
          (answer) => end(answer.status, 1_000 * (answer.headers.get('Retry-After') as unknown as number) || 0),
          () => end(0),
        )
        .catch(() => {});
      return true;
    };
  };
  const keepalive = keepaliveOf(win);

  /** Says true also when it is lost. Firefox has no quota for it. */
  const beacon: Rung = (body) => (win.navigator.sendBeacon?.(url, body) ? false : undefined);

  /** Chromium sends it when the page is gone, however it went; not before. */
  let mirror: AbortController | undefined | void;
  const later: Rung = (body) =>
    fetchLater?.call(win, url, request(body, { signal: (mirror ??= new AbortController()).signal })) && false;

  /** A document of our own has a quota of its own. */
  const frames: Rung[] = [];
  const frame: Rung = (...parcel) => {
    if (frames.some((each) => each(...parcel))) return true;
    if (frames.length >= maxFrames) return undefined;
    const element = document.createElement('iframe');
    element.hidden = true;
    document.documentElement.append(element);
    frames.push(keepaliveOf(element.contentWindow as Window & { fetch: Fetch }));
    return frame(...parcel);
  };

  // While the page lives, a beacon would only take the room that keepalive leaves to it.
  const ladders = [
    [keepalive, frame, beacon],
    [later, keepalive, frame, beacon],
    [beacon, keepalive, later, frame],
  ] as const;

  return (body, moment, done) => {
    if (isForbidden() || !win.navigator.onLine) return undefined;
    // What goes now, and will be answered, needs no mirror any more. Who leaves keeps it: a blocker may take the beacon.
    if (!moment) mirror = mirror?.abort();
    for (const rung of ladders[moment]) {
      const taken = attempt(() => rung(body, done));
      if (taken != null) return taken;
    }
    return undefined;
  };
}
