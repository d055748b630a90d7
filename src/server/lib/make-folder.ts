import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf } from './message-of.ts';

/**
 * Makes the data folder and those it stands in, for their owner only. Throws one clear line. Node's own `recursive` would
 * try for ever where the system says of a folder that is there that it is not, as in `/proc`.
 */
export function makeFolder(dataDir: string): void {
  try {
    make(resolve(dataDir));
  } catch (error) {
    throw new Error(`The data folder ${dataDir} cannot be made: ${messageOf(error)}.`, { cause: error });
  }
}

function make(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (path !== dirname(path)) make(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}
