import { setTimeout } from 'node:timers/promises';
import type { LiveError, LogLine } from '../protocol/log-api.ts';
import { jsonLine, prettyLine, type Line } from '../server/print/line.ts';
import { onStop } from './on-stop.ts';
import type { TailOptions } from './parse-tail.ts';
import { readEventStream } from './read-event-stream.ts';

const [firstRetryMs, maxRetryMs] = [500, 15_000];
/** The collector says every 20 s that it is still there. */
const silenceMs = 60_000;

/** Prints records and events as they come, until SIGINT or SIGTERM. Throws one line when it cannot begin. */
export async function tail({ query, url, token, project, format }: TailOptions): Promise<void> {
  const isPretty = (format ?? (process.stdout.isTTY ? 'pretty' : 'json')) === 'pretty';
  const print = (line: Line) => process.stdout.write(`${isPretty ? prettyLine(line) : jsonLine(line)}\n`);
  const address = new URL('api/records/live', url.endsWith('/') ? url : `${url}/`);
  address.search = new URLSearchParams({ query, events: 'true', ...(project && { project }) }).toString();
  const ending = new AbortController();
  onStop(() => ending.abort());
  // The reader at the other end of the pipe has gone.
  process.stdout.on('error', () => ending.abort());

  let lastId: string | undefined;
  let retryMs = firstRetryMs;
  for (let isFirst = true; !ending.signal.aborted; isFirst = false) {
    try {
      const response = await open(address, token, lastId, ending.signal);
      if (!isFirst) process.stderr.write('pagefault: connected again\n');
      retryMs = firstRetryMs;
      for await (const { name, data, id } of readEventStream(response, silenceMs)) {
        lastId = id ?? lastId;
        if (name === 'record') print({ kind: 'record', ...(data as LogLine) });
        else if (name === 'event') print({ kind: 'event', ...(data as LiveError) });
      }
    } catch (error) {
      if (ending.signal.aborted) return;
      if (isFirst || error instanceof Refused) throw error;
    }
    if (ending.signal.aborted) return;
    process.stderr.write(`pagefault: the collector has gone; trying again in ${retryMs / 1_000} s\n`);
    await setTimeout(retryMs, undefined, { signal: ending.signal }).catch(() => undefined);
    retryMs = Math.min(maxRetryMs, retryMs * 2);
  }
}

/** The collector does not want this reader: trying again would not help. */
class Refused extends Error {}

async function open(address: URL, token: string, lastId: string | undefined, signal: AbortSignal): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, ...(lastId !== undefined && { 'last-event-id': lastId }) };
  const response = await fetch(address, { headers, signal }).catch((error: unknown) => {
    throw new Error(`the collector at ${address.origin} cannot be reached`, { cause: error });
  });
  if (response.ok && response.headers.get('content-type')?.startsWith('text/event-stream')) return response;
  await response.body?.cancel();
  if (response.status === 401) throw new Refused('the collector does not know this token');
  if (response.status === 403) throw new Refused('this token may not read');
  if (response.ok || response.status < 500)
    throw new Refused(`${address.origin} is no collector: it answered ${response.status}`);
  throw new Error(`the collector answered ${response.status}`);
}
