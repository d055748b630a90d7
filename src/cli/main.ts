import { helpOf } from './help.ts';
import { keepMemorySmall } from './keep-memory-small.ts';
import { parseArguments, unknownVariables } from './parse-arguments.ts';
import { explainFailure } from './explain-failure.ts';
import { UsageError } from './usage-error.ts';
import { readVersion } from './read-version.ts';
import { runUnoptimized } from './run-unoptimized.ts';

/** The `pagefault` command. What goes wrong is one line on stderr, and the exit code: 2 for a wrong command, else 1. */
export async function main(args: string[] = process.argv.slice(2)): Promise<void> {
  try {
    const command = parseArguments(args, process.env, process.stdout.isTTY);
    // Each command loads what it needs, and no more.
    if (command.name === 'help') process.stdout.write(helpOf(command.of));
    else if (command.name === 'version') process.stdout.write(`${readVersion()}\n`);
    else if (command.name === 'upload') await (await import('./upload.ts')).upload(command.options);
    else if (command.name === 'tail') await (await import('./tail.ts')).tail(command.options);
    else if (command.name === 'backup') await (await import('./backup.ts')).backup(command);
    else if (command.name === 'restore') await (await import('./backup.ts')).restore(command);
    else {
      for (const name of unknownVariables(process.env)) {
        process.stderr.write(`pagefault: there is no setting ${name}, it changes nothing; see pagefault --help\n`);
      }
      keepMemorySmall();
      await runUnoptimized(async () => (await import('./serve.ts')).serve(command.options));
    }
  } catch (error) {
    process.stderr.write(`pagefault: ${explainFailure(error)}\n`);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}
