import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';

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

/** Runs programs side by side, as quietly. Answers whether all succeeded. */
export async function runAll(commands) {
  const ended = commands.map(async ([command, args]) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [succeeded, ...printed] = await Promise.all([
      new Promise((resolve) => {
        child.on('close', (status) => resolve(status === 0));
        child.on('error', ({ message }) => process.stderr.write(`${message}\n`));
      }),
      text(child.stdout),
      text(child.stderr),
    ]);
    if (!succeeded) process.stderr.write(printed.join(''));
    return succeeded;
  });
  return (await Promise.all(ended)).every(Boolean);
}

/** Says what it does, and afterwards how long it took. */
export async function timed(title, work) {
  const start = Date.now();
  say(`${title} ...`);
  await work();
  say(`${title}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}
