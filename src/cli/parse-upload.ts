import { parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

export interface UploadOptions {
  /** As it was given: relative to the working directory. */
  folder: string;
  url: string;
  token: string;
  release?: string;
}

const flags = { release: { type: 'string' }, url: { type: 'string' }, token: { type: 'string' } } as const;

/** `sourcemaps upload <folder> [--release R] [--url U]`: what stands behind `sourcemaps`. */
export function parseUpload(args: string[], environment: Record<string, string | undefined>): UploadOptions {
  const { values, positionals } = readFlags(args);
  const [command, folder, ...rest] = positionals;
  if (command !== 'upload') throw usage('of sourcemaps there is only "sourcemaps upload"');
  if (folder === undefined) throw usage('which folder? pagefault sourcemaps upload <folder>');
  if (rest.length) throw usage(`"${rest.join(' ')}" is too much`);
  const url = values.url ?? environment['PAGEFAULT_URL'];
  const token = values.token ?? environment['PAGEFAULT_TOKEN'];
  const release = values.release ?? environment['PAGEFAULT_RELEASE'];
  if (!url) throw usage('where is the collector? Give --url or PAGEFAULT_URL');
  if (!token) throw usage('a token that may upload is needed: set PAGEFAULT_TOKEN');
  return { folder, url, token, ...(release && { release }) };
}

function readFlags(args: string[]) {
  try {
    return parseArgs({ args, options: flags, allowPositionals: true });
  } catch (error) {
    throw usage((error as Error).message.split(/\. |\n/)[0]?.replace(/^[UO]/, (letter) => letter.toLowerCase()) ?? '');
  }
}

const usage = (message: string) => new UsageError(`${message.replace(/\.$/, '')}; see pagefault --help`);
