import { createMaskSecrets } from '../client/logger/mask-secrets.ts';
import { createRecordIds } from '../client/logger/record-ids.ts';
import type { WireParts } from '../client/logger/wire.ts';
import { batchContentType, batchVersion, type Batch } from '../protocol/batch.ts';
import type { Options } from './options.ts';
import { sdk } from './version.ts';

const timeoutMs = 15_000;

export interface Sender extends Pick<WireParts, '_send' | '_later' | '_warn'> {
  _init: (options: Options | undefined) => void;
}

/** How records leave a process. Nothing here keeps it alive but a request under way. */
export function createSender(warn: (message: string) => void): Sender {
  let options: Options | undefined;
  let maskSecrets = createMaskSecrets([]);
  // Of this process, so that its records can be told from those of others.
  const session = createRecordIds()();
  let hasWarned = false;
  return {
    _init(given) {
      options = given;
      maskSecrets = createMaskSecrets(given?.mask);
    },
    _send({ _records, _dropped }) {
      if (!options) return undefined;
      const { endpoint, release, environment, user, tags, extra } = options;
      const batch: { [K in keyof Batch]: Batch[K] | undefined } = {
        version: batchVersion,
        sdk,
        sentAt: Date.now(),
        session,
        ...maskSecrets({ release, environment, user, tags, extra }),
        events: [],
        records: _records.map(maskSecrets),
        dropped: _dropped,
      };
      return fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': batchContentType },
        body: JSON.stringify(batch),
        signal: AbortSignal.timeout(timeoutMs),
      }).then(
        async ({ status, headers, body }) => {
          await body?.cancel();
          return { status, retryAfterMs: Number(headers.get('retry-after')) * 1000 || 0 };
        },
        (error: unknown) => {
          // An address that is wrong never answers: who runs the service is to hear of it, once.
          if (!hasWarned)
            warn(`no answer from the collector, records wait while the process lives: ${reasonOf(error)}`);
          hasWarned = true;
          return { status: 0, retryAfterMs: 0 };
        },
      );
    },
    _later(run, ms) {
      const timer = setTimeout(run, ms).unref();
      return () => clearTimeout(timer);
    },
    _warn: warn,
  };
}

/** `fetch` says only that it failed; its cause says why. */
const reasonOf = (error: unknown) => String((error as Error).cause ?? error);
