import { help } from './help.ts';
import { parseArguments } from './parse-arguments.ts';
import { explainFailure } from './explain-failure.ts';
import { tail } from './tail.ts';
import { upload } from './upload.ts';
import { UsageError } from './usage-error.ts';
import { backup, restore } from './backup.ts';
import { serve } from './serve.ts';
import { readVersion } from './read-version.ts';

/** The `pagefault` command. What goes wrong is one line on stderr, and the exit code: 2 for a wrong command, else 1. */
export async function main(args: string[] = process.argv.slice(2)): Promise<void> {
  try {
    const command = parseArguments(args, process.env, process.stdout.isTTY);
    if (command.name === 'help') process.stdout.write(help);
    else if (command.name === 'version') process.stdout.write(`${readVersion()}\n`);
    else if (command.name === 'upload') await upload(command.options);
    else if (command.name === 'tail') await tail(command.options);
    else if (command.name === 'backup') await backup(command);
    else if (command.name === 'restore') await restore(command);
    else await serve(command.options);
  } catch (error) {
    process.stderr.write(`pagefault: ${explainFailure(error)}\n`);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}
