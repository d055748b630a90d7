import { batchVersion, type Batch } from '../../protocol/batch.ts';
import type { Event, Page } from '../../protocol/event.ts';
import type { LogRecord } from '../../protocol/log-record.ts';
import { now } from '../lib/now.ts';
import { win } from '../lib/win.ts';
import { sdk } from '../version.ts';
import type { FindReporter, Reporter } from './reporter.ts';
import type { Answer, Parcel, WireParts } from './wire.ts';

const timeoutMs = 15_000;

/** A batch of records, in the context that the reporter would give to an event now; cleaned as events are. */
function pack({ client }: Reporter, { _records, _place, _dropped }: Parcel): string {
  // The reporter knows nothing of records: they pass its stages as fields of an event, one each, of which it leaves 50.
  const passed = client.context({ ..._records, place: _place } as unknown as Event) as unknown as Record<
    string,
    unknown
  >;
  const { release, environment, session, hints, user, tags, extra } = passed as unknown as Event;
  const context = { release, environment, session, hints, user, tags, extra };
  // Undefined values do not travel.
  const batch: { [K in keyof Batch]: Batch[K] | undefined } = {
    version: batchVersion,
    sdk,
    sentAt: now(),
    ...context,
    // Where the records were made: the page may have gone on since.
    page: { ...(passed['page'] as Page), url: passed['place'] as string },
    events: [],
    records: _records.map((_, i) => passed[i] as LogRecord),
    dropped: _dropped,
  };
  return JSON.stringify(batch);
}

/**
 * How records leave a page: by `fetch`, whose answer is the acknowledgement. So they do when the page is left, as far as
 * the quota of keepalive requests goes, which the reporter needs too: blockers know beacons. The rest goes by `sendBeacon`.
 */
export function createPageSender(findReporter: FindReporter): Pick<WireParts, '_send' | '_leave' | '_later' | '_warn'> {
  let inFlight = 0;
  const post = (url: string, body: string): Promise<Answer> => {
    const answer = win.fetch(url, {
      method: 'POST',
      body,
      keepalive: true,
      credentials: 'omit',
      signal: AbortSignal.timeout?.(timeoutMs) ?? null,
    });
    inFlight++;
    return (
      answer
        // The browser holds the quota until the answer has ended.
        .then((ended) => ended.text().then(() => ended))
        .then(
          ({ status, headers }) => ({ status, retryAfterMs: Number(headers.get('Retry-After')) * 1000 || 0 }),
          () => ({ status: 0, retryAfterMs: 0 }),
        )
        .finally(() => inFlight--)
    );
  };
  return {
    _send(parcel) {
      const reporter = findReporter();
      if (!reporter || !win.navigator.onLine) return undefined;
      return post(reporter.endpoint, pack(reporter, parcel));
    },
    _leave(parcel) {
      const reporter = findReporter();
      if (!reporter) return false;
      const { endpoint } = reporter;
      const body = pack(reporter, parcel);
      if (inFlight) return !!win.navigator.sendBeacon?.(endpoint, body);
      void post(endpoint, body);
      return true;
    },
    _later(run, ms) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    _warn: (message) => win.console.warn('pagefault:', message),
  };
}
