import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { args } from '../../helpers/browsers/chromium.ts';
import { onPath } from '../../helpers/browsers/programs.ts';
import { median } from './cpu.ts';
import { startShop, startSink, type Reporter } from './stage.ts';

export interface StartCost {
  reporter: string;
  /** Main-thread CPU of compiling, evaluating and starting, and of what it does by itself in the first seconds, ms. */
  cpuMs: number;
  /** Requests before there is anything to tell, and layouts that it forced, in all loads together. */
  requests: number;
  layouts: number;
}

interface TraceEvent {
  name: string;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { data?: { url?: string }; beginData?: object };
}

/** The outermost pieces of work of one script on the main thread: its evaluation, and its functions called later. */
function workOf(script: string, events: TraceEvent[]): Required<Pick<TraceEvent, 'tid' | 'ts' | 'dur' | 'tdur'>>[] {
  const pieces = events
    .filter(({ name }) => ['EvaluateScript', 'FunctionCall', 'v8.compile'].includes(name))
    .filter(({ args: details }) => details?.data?.url?.endsWith(script))
    .map(({ tid, ts, dur = 0, tdur = 0 }) => ({ tid, ts, dur, tdur }))
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  let end = 0;
  return pieces.filter(({ ts, dur }) => {
    const isOuter = ts >= end;
    if (isOuter) end = ts + dur;
    return isOuter;
  });
}

/** Fresh loads in Chromium, each with nothing in any cache, each reporter in turn. */
export async function measureStart(reporters: Reporter[], loads: number): Promise<StartCost[]> {
  const sink = await startSink();
  const shop = await startShop(reporters, sink.url);
  const executablePath = process.env['PAGEFAULT_CHROMIUM'] ?? onPath('chromium', 'chromium-browser', 'google-chrome');
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args });
  const costs = reporters.map(({ name }) => ({ reporter: name, cpu: [] as number[], requests: 0, layouts: 0 }));
  try {
    for (let load = 0; load < loads; load++) {
      for (const [index, cost] of costs.entries()) {
        const context = await browser.newContext();
        const page = await context.newPage();
        sink.forget();
        await browser.startTracing(page, { categories: ['devtools.timeline', 'v8'] });
        await page.goto(`${shop.url}/${index}`);
        await sleep(1_500);
        const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] };
        await context.close();
        const work = workOf(`/reporter-${index}.js`, traceEvents);
        if (!work.length) throw new Error(`${cost.reporter} did not run`);
        cost.cpu.push(work.reduce((sum, { tdur }) => sum + tdur, 0) / 1_000);
        cost.requests += sink.requests;
        cost.layouts += traceEvents.filter(
          ({ name, tid, ts }) =>
            ['Layout', 'UpdateLayoutTree'].includes(name) &&
            work.some((piece) => piece.tid === tid && ts >= piece.ts && ts < piece.ts + piece.dur),
        ).length;
      }
    }
  } finally {
    await browser.close();
    await shop.close();
    await sink.close();
  }
  return costs.map(({ reporter, cpu, requests, layouts }) => ({ reporter, cpuMs: median(cpu), requests, layouts }));
}
