import { readFileSync } from 'node:fs';
import { processesOf } from '../../helpers/browsers/processes.ts';

/** How each engine's processes that run pages show themselves. */
const renderer = /--type=renderer|WebKitWebProcess| tab\s*$/;

/** CPU time of the main thread of each process that runs pages, ms, by process: `/proc/<pid>/sched` is that of its first thread. */
function mainThreads(): Map<number, number> {
  const renderers = processesOf(process.pid).filter(({ command }) => renderer.test(command));
  return new Map(
    renderers.flatMap(({ pid }) => {
      try {
        const text = readFileSync(`/proc/${pid}/sched`, 'utf8');
        return [[pid, Number(/sum_exec_runtime\s*:\s*([\d.]+)/.exec(text)?.[1])] as const];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    }),
  );
}

/**
 * Main-thread CPU that pages take while `run` goes on, ms. CPU time, not the clock's: other work on the machine does not
 * count. Of processes that were there before.
 */
export async function mainThreadMs(run: () => Promise<unknown>): Promise<number> {
  const before = mainThreads();
  await run();
  const after = mainThreads();
  return [...before].reduce((sum, [pid, ms]) => sum + Math.max(0, (after.get(pid) ?? ms) - ms), 0);
}

export const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
};
