// Loaded before the collector: writes down how long it took from a request's headers to the end of its answer, and how late
// timers came. SIGUSR2 writes it into the file PAGEFAULT_TIMES names.
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

export interface AnswerTimes {
  /** ms, by status. */
  tookMs: Record<number, number[]>;
  /** Between two looks at what has arrived, ms. */
  loopMs: { p50: number; p99: number; max: number };
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

if (isMainThread) {
  const began = new WeakMap<object, number>();
  const tookMs: AnswerTimes['tookMs'] = {};
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  subscribe('http.server.request.start', (message) => {
    began.set((message as Exchange).response, performance.now());
  });
  subscribe('http.server.response.finish', (message) => {
    const { response } = message as Exchange;
    (tookMs[response.statusCode] ??= []).push(performance.now() - (began.get(response) ?? NaN));
  });
  process.on('SIGUSR2', () => {
    const loopMs = { p50: loop.percentile(50) / 1e6, p99: loop.percentile(99) / 1e6, max: loop.max / 1e6 };
    writeFileSync(process.env['PAGEFAULT_TIMES'] ?? '', JSON.stringify({ tookMs, loopMs } satisfies AnswerTimes));
  });
}
