import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const children = new Set<ChildProcess>();
const folders = new Set<string>();

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Its whole group is gone already.
  }
}

function removeFolder(path: string): void {
  folders.delete(path);
  // A process that was just killed may still be writing.
  rmSync(path, { recursive: true, force: true, maxRetries: 5 });
}

process.on('exit', () => {
  children.forEach(killGroup);
  folders.forEach(removeFolder);
});
// Playwright ends its own Chromium at exit too: a signal must only become an exit.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

/** A folder for a profile that is gone at the latest when this process ends. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'pagefault-browser-'));
  folders.add(path);
  return { path, remove: () => removeFolder(path) };
}

/** Ends the leader of a process group, and all that it started, at the latest when this process ends. */
export function adoptChild(child: ChildProcess): ChildProcess {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Starts a program in a process group of its own, and adopts it. */
export function spawnChild(program: string, args: string[], options: SpawnOptions): ChildProcess {
  return adoptChild(spawn(program, args, { ...options, detached: true }));
}

export async function endChild(child: ChildProcess): Promise<void> {
  const ended = child.exitCode !== null || child.signalCode !== null;
  const exit = ended ? undefined : once(child, 'exit');
  killGroup(child);
  await exit;
}
