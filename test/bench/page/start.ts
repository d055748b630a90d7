import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { args } from '../../helpers/browsers/chromium.ts';
import { onPath } from '../../helpers/browsers/programs.ts';
import { median } from './cpu.ts';
import { startShop, startSink, type Reporter } from './stage.ts';

export interface StartCost {
  reporter: string;
  /** CPU time of the page's main thread in which the script is compiled, evaluated and started, ms. */
  cpuMs: number;
  /** The same, in which it does more by itself until `watchedMs` after the page's load: timers, answers of the browser. */
  laterMs: number;
  /** Requests before there is anything to tell, and layouts that it forced, in all loads together. */
  requests: number;
  layouts: number;
}

/** Until then what a reporter does by itself is seen. */
const watchedMs = 1_500;

interface TraceEvent {
  name: string;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { data?: { url?: string }; beginData?: object };
}

/** A piece of work of one script. `tdur` is the time that the thread ran: what else runs on the machine does not count. */
type Piece = Required<Pick<TraceEvent, 'name' | 'tid' | 'ts' | 'dur' | 'tdur'>>;

/** The outermost pieces on the main thread: compiling, evaluating, and functions that are called later. */
function workOf(script: string, events: TraceEvent[]): Piece[] {
  const pieces = events
    .filter(({ name }) => ['EvaluateScript', 'FunctionCall', 'v8.compile'].includes(name))
    .filter(({ args: details }) => details?.data?.url?.endsWith(script))
    .map(({ name, tid, ts, dur = 0, tdur = 0 }) => ({ name, tid, ts, dur, tdur }))
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
  const costs = reporters.map(({ name }) => ({
    reporter: name,
    cpu: [] as number[],
    later: [] as number[],
    requests: 0,
    layouts: 0,
  }));
  try {
    for (let load = 0; load < loads; load++) {
      for (const [index, cost] of costs.entries()) {
        const context = await browser.newContext();
        const page = await context.newPage();
        sink.forget();
        await browser.startTracing(page, { categories: ['devtools.timeline'] });
        await page.goto(`${shop.url}/${index}`);
        await sleep(watchedMs);
        const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] };
        await context.close();
        const work = workOf(`/reporter-${index}.js`, traceEvents);
        if (!work.length) throw new Error(`${cost.reporter} did not run`);
        const ms = (isLater: boolean) =>
          work.reduce((sum, { name, tdur }) => sum + (isLater === (name === 'FunctionCall') ? tdur : 0), 0) / 1_000;
        cost.cpu.push(ms(false));
        cost.later.push(ms(true));
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
  return costs.map(({ cpu, later, ...rest }) => ({ ...rest, cpuMs: median(cpu), laterMs: median(later) }));
}
