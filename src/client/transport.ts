import { limits } from '../protocol/limits.ts';

/** Status 0: no answer came. */
export type OnAnswer = (status: number, retryAfterMs?: number) => void;

/** `silent`: taken, but nobody will ever say whether it arrived. */
export type Taken = 'answering' | 'silent' | undefined;

/** A rung of the ladder: takes the body, or says that it cannot. */
export type Rung = (body: string, bytes: number, done: OnAnswer) => Taken;

export type Transport = (body: string, leaving: boolean, done: OnAnswer) => Taken;

const timeoutMs = 30_000;

/** Keeps the page's own fetch and sendBeacon from before anything is patched. */
export function createTransport(win: Window & typeof globalThis, url: string): Transport {
  const { navigator } = win;
  const fetch = win.fetch as typeof win.fetch | undefined;
  // Browsers grant 64 KiB in flight to beacons and keepalive requests of a document together; the page needs some too.
  let inFlightBytes = 0;

  const keepalive: Rung = (body, bytes, done) => {
    // An event larger than the quota can only go while the page lives.
    const survives = bytes <= limits.batchBytes;
    const cost = survives ? bytes : 0;
    if (!fetch || inFlightBytes + cost > limits.batchBytes) return undefined;
    const init: RequestInit = { method: 'POST', body, keepalive: survives, credentials: 'omit' };
    const signal = win.AbortSignal?.timeout?.(timeoutMs);
    if (signal) init.signal = signal;
    const end: OnAnswer = (status, retryAfterMs) => {
      inFlightBytes -= cost;
      done(status, retryAfterMs);
    };
    const promise = fetch.call(win, url, init);
    inFlightBytes += cost;
    promise
      .then(
        ({ status, headers }) => end(status, (Number(headers.get('Retry-After')) || 0) * 1000),
        () => end(0),
      )
      .catch(() => {});
    return 'answering';
  };

  const beacon: Rung = (body) => (navigator.sendBeacon?.(url, body) ? 'silent' : undefined);

  const xhr: Rung = (body, _, done) => {
    const request = new win.XMLHttpRequest();
    request.open('POST', url);
    request.onloadend = () => done(request.status);
    request.send(body);
    return 'answering';
  };

  // While the page lives an answer matters most; when it goes, beacons are at home.
  const staying = [keepalive, ...(fetch ? [] : [xhr]), beacon];
  const going = [beacon, keepalive];

  return (body, leaving, done) => {
    const bytes = new TextEncoder().encode(body).length;
    for (const rung of leaving ? going : staying) {
      try {
        const taken = rung(body, bytes, done);
        if (taken) return taken;
      } catch {
        // The next one.
      }
    }
    return undefined;
  };
}
