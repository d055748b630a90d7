import { spawnSync } from 'node:child_process';

/** Something a person has to mend: its message is all that is printed. */
export class SetupError extends Error {}

export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** Runs a program quietly; what it printed is shown only when it failed. Answers whether it succeeded. */
export function runs(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 26, ...options });
  if (result.status === 0) return true;
  // Ctrl-C reaches the program too: then nothing is wrong with it.
  if (result.signal === 'SIGINT') process.exit(130);
  process.stderr.write(
    `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ? `${result.error.message}\n` : ''}`,
  );
  return false;
}

/** Says what it does, and afterwards how long it took. */
export function timed(title, work) {
  const start = Date.now();
  say(`${title} ...`);
  work();
  say(`${title}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}
