import { setImmediate } from 'node:timers/promises';

/** Work that keeps the thread busy, done one piece after the other. */
export interface LineUp {
  /** Does it when its turn comes. */
  run<Result>(bytes: number, work: (meanwhile: Meanwhile) => Promise<Result>): Promise<Result>;
  /** Of all that waits or is being done. */
  bytes(): number;
}

/** For work that has to wait for others: they have their turn. */
export type Meanwhile = <Result>(until: Promise<Result>) => Promise<Result>;

/** So long nothing else is answered, or one piece of work longer, and so long others may come first then. */
const [maxMs, maxOthersMs] = [1, 6];

/**
 * Lets other things in between: who is to be refused should not wait for the work of those who are not. `connections` says
 * how many have been accepted so far.
 */
export function createLineUp(connections: () => number = () => 0, longestMs = maxOthersMs): LineUp {
  const waiting: (() => Promise<unknown>)[] = [];
  let bytes = 0;
  let isRunning = false;
  const runAll = async () => {
    isRunning = true;
    // What came together has all been looked at before the first of it is worked on: who is to be refused is answered by then.
    await setImmediate();
    let began = performance.now();
    for (let work = waiting.shift(); work; work = waiting.shift()) {
      await work();
      if (performance.now() - began < maxMs) continue;
      await letOthersIn(connections, longestMs);
      began = performance.now();
    }
    isRunning = false;
  };
  return {
    bytes: () => bytes,
    run(size, work) {
      bytes += size;
      return new Promise((resolve, reject) => {
        const turn = () =>
          new Promise<void>((next) => {
            let isIn = true;
            const leave = () => {
              if (isIn) bytes -= size;
              isIn = false;
              next();
            };
            void work((until) => (leave(), until))
              .finally(leave)
              .then(resolve, reject);
          });
        waiting.push(turn);
        if (!isRunning) void runAll();
      });
    },
  };
}

/** Node accepts one connection each time that it looks for what is new: a burst of them would wait for as many pieces of work. */
async function letOthersIn(connections: () => number, longestMs: number): Promise<void> {
  const end = performance.now() + longestMs;
  let before: number;
  do {
    before = connections();
    await setImmediate();
  } while (connections() > before && performance.now() < end);
}
