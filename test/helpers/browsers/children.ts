import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

const children = new Set<ChildProcess>();

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Its whole group is gone already.
  }
}

// The drivers' own browsers are ended by their exit handlers too: a signal must only become an exit.
process.on('exit', () => children.forEach(killGroup));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

/** Starts a program that ends, with all that it started, at the latest when this process does. */
export function spawnChild(program: string, args: string[], options: SpawnOptions): ChildProcess {
  const child = spawn(program, args, { ...options, detached: true });
  children.add(child);
  child.on('error', () => children.delete(child));
  return child;
}

export async function endChild(child: ChildProcess): Promise<void> {
  const ended = child.exitCode !== null || child.signalCode !== null;
  const exit = ended ? undefined : once(child, 'exit');
  killGroup(child);
  await exit;
  children.delete(child);
}
