import { limits } from '../protocol/limits.ts';
import { attempt } from './lib/attempt.ts';

/** Status 0: no answer came. */
export type OnAnswer = (status: number, retryAfterMs?: number) => void;

/** True: taken, an answer will come. False: taken, but nobody will ever say whether it arrived. Undefined: not taken. */
export type Taken = boolean | undefined;

/** A rung of the ladder: takes the body, or says that it cannot. */
export type Rung = (body: string, bytes: number, done: OnAnswer) => Taken;

export type Transport = (body: string, leaving: boolean, done: OnAnswer) => Taken;

const timeoutMs = 15_000;

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
    const end: OnAnswer = (status, retryAfterMs) => {
      inFlightBytes -= cost;
      done(status, retryAfterMs);
    };
    const promise = fetch.call(win, url, {
      method: 'POST',
      body,
      keepalive: survives,
      credentials: 'omit',
      signal: win.AbortSignal?.timeout?.(timeoutMs) ?? null,
    });
    inFlightBytes += cost;
    promise
      .then(
        ({ status, headers }) => end(status, Number(headers.get('Retry-After')) * 1000 || 0),
        () => end(0),
      )
      .catch(() => {});
    return true;
  };

  const beacon: Rung = (body) => (navigator.sendBeacon?.(url, body) ? false : undefined);

  return (body, leaving, done) => {
    const bytes = new Blob([body]).size;
    // While the page lives an answer matters most; when it goes, beacons are at home.
    for (const rung of leaving ? [beacon, keepalive] : [keepalive, beacon]) {
      const taken = attempt(() => rung(body, bytes, done));
      if (taken != null) return taken;
    }
    return undefined;
  };
}
