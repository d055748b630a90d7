import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Command {
  child: ChildProcess;
  stdout: string;
  stderr: string;
  /** Resolves once stdout matches; rejects when the process ends first. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Exit code, or the name of the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
}

export interface CommandOptions {
  cwd?: string;
  /** The whole environment beside PATH. Default: none of ours. */
  env?: Record<string, string>;
}

/** Runs a Node script as a process of its own. */
export function runScript(script: string, args: string[], { cwd, env = {} }: CommandOptions = {}): Command {
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const command: Command = {
    child,
    stdout: '',
    stderr: '',
    printed: (pattern) => waitForOutput(command, pattern),
    ended: once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals | null),
  };
  child.stdout.on('data', (chunk: Buffer) => (command.stdout += chunk));
  child.stderr.on('data', (chunk: Buffer) => (command.stderr += chunk));
  return command;
}

async function waitForOutput(command: Command, pattern: RegExp): Promise<RegExpMatchArray> {
  const ended = command.ended.then((code) => ({ code }));
  for (;;) {
    const match = command.stdout.match(pattern);
    if (match) return match;
    const result = await Promise.race([ended, once(command.child.stdout ?? command.child, 'data')]);
    if ('code' in result) throw new Error(`ended with ${result.code} before it printed ${pattern}: ${command.stderr}`);
  }
}
