import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { basename } from 'node:path';

/** So much nicer than the process are the thread that calls this, and V8's helpers, which collect garbage and compile for all. */
const [ownNiceness, helpersNiceness] = [4, 10];
const helpersName = 'V8Worker';
const maxNiceness = 19;

/**
 * Lets the other threads of the process come first while there are fewer cores than threads with something to do. Linux alone
 * has a priority for each of them; elsewhere nothing changes.
 */
export function giveWay(): void {
  const beNicer = (thread: string, by: number) =>
    setPriority(Number(thread), Math.min(maxNiceness, getPriority(process.pid) + by));
  try {
    beNicer(basename(readlinkSync('/proc/thread-self')), ownNiceness);
    for (const thread of readdirSync('/proc/self/task')) {
      const name = readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim();
      if (name === helpersName) beNicer(thread, helpersNiceness);
    }
  } catch {
    // No such system, or none that allows it: it is slower to answer when it has too much to do, and that is all.
  }
}
