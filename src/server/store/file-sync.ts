import { closeSync, fdatasync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const syncData = promisify(fdatasync);

export interface FileSync {
  /** Resolves when all that was written to the file before is on the disk; rejects when it could not be. */
  sync(): Promise<void>;
  close(): void;
}

/**
 * Waits for the disk in a thread of Node's pool, while this one goes on. The file must be there by the first call, and stay.
 * Never for a file that SQLite locks: to close it would take all locks of the process from it.
 */
export function createFileSync(path: string): FileSync {
  let file: number | undefined;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = async () => {
    if (file === undefined) {
      file = openSync(path, 'r+');
      syncFolder(dirname(path));
    }
    await syncData(file);
  };
  const start = () => (running = run().finally(() => (running = undefined)));
  return {
    sync() {
      if (!running) return start();
      // What is under way may have begun before the last write.
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = undefined;
          return start();
        });
      return next;
    },
    close() {
      const opened = file;
      if (opened === undefined) return;
      if (running) void running.catch(() => undefined).then(() => closeSync(opened));
      else closeSync(opened);
    },
  };
}

/** A new file is there after a loss of power when its folder is on the disk, too. */
function syncFolder(path: string): void {
  let folder: number | undefined;
  try {
    folder = openSync(path, 'r');
    fsyncSync(folder);
  } catch {
    // Windows has no such thing.
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}
