import { parseArgs } from 'node:util';
import { parseUpload, type UploadOptions } from './parse-upload.ts';
import { UsageError } from './usage-error.ts';

export interface ServeOptions {
  port: number;
  host: string;
  /** As it was given: relative to the working directory. */
  dataDir: string;
  demo: boolean;
  key?: string;
  token?: string;
}

export type Command =
  | { name: 'help' }
  | { name: 'version' }
  | { name: 'serve'; options: ServeOptions }
  | { name: 'upload'; options: UploadOptions };

type Environment = Record<string, string | undefined>;

const flags = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  demo: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** Flags win over the environment, the environment over the defaults; an empty variable is none. */
export function parseArguments(args: string[], environment: Environment): Command {
  if (args[0] === 'sourcemaps' && !args.includes('--help')) {
    return { name: 'upload', options: parseUpload(args.slice(1), environment) };
  }
  const { values, positionals } = readFlags(args);
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };
  const [command = 'serve', ...rest] = positionals;
  if (command === 'help' || command === 'version') return { name: command };
  if (command !== 'serve') throw usage(`there is no command "${command}"`);
  if (rest.length) throw usage(`"${rest.join(' ')}" is too much`);
  const key = environment['PAGEFAULT_KEY'];
  const token = environment['PAGEFAULT_TOKEN'];
  const options: ServeOptions = {
    port: parsePort(values.port ?? (environment['PAGEFAULT_PORT'] || '7377')),
    host: (values.host ?? environment['PAGEFAULT_HOST']) || '127.0.0.1',
    dataDir: (values.data ?? environment['PAGEFAULT_DATA']) || './pagefault-data',
    demo: values.demo ?? false,
    ...(key && { key: parseKey(key) }),
    ...(token && { token }),
  };
  return { name: 'serve', options };
}

function readFlags(args: string[]) {
  try {
    return parseArgs({ args, options: flags, allowPositionals: true });
  } catch (error) {
    // Node explains at length how to pass such a word as an argument, of which there are none here.
    throw usage((error as Error).message.split(/\. |\n/)[0]?.replace(/^[UO]/, (letter) => letter.toLowerCase()) ?? '');
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw usage(`the port must be a number from 0 to 65535, not "${text}"`);
}

/** It is the last segment of the endpoint's path. */
function parseKey(key: string): string {
  if (/^[\w-]{8,64}$/.test(key)) return key;
  throw usage('PAGEFAULT_KEY must be 8 to 64 characters of A-Za-z0-9_-');
}

function usage(message: string): UsageError {
  return new UsageError(`${message.replace(/\.$/, '')}; see pagefault --help`);
}
