import { help } from './help.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { explainFailure } from './explain-failure.ts';
import { serve } from './serve.ts';
import { readVersion } from './read-version.ts';

/** The `pagefault` command. What goes wrong is one line on stderr, and the exit code: 2 for a wrong command, else 1. */
export async function main(args: string[] = process.argv.slice(2)): Promise<void> {
  try {
    const command = parseArguments(args, process.env);
    if (command.name === 'help') process.stdout.write(help);
    else if (command.name === 'version') process.stdout.write(`${readVersion()}\n`);
    else await serve(command.options);
  } catch (error) {
    process.stderr.write(`pagefault: ${explainFailure(error)}\n`);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}
