import { parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

export interface TailOptions {
  query: string;
  url: string;
  token: string;
  /** Id of a project; all of them if absent. */
  project?: string;
  /** Default: `pretty` for a terminal, `json` for anything else. */
  format?: 'pretty' | 'json';
}

const flags = {
  url: { type: 'string' },
  token: { type: 'string' },
  project: { type: 'string' },
  format: { type: 'string' },
} as const;

/** `tail [search] [--url U] [--project P] [--format F]`: what stands behind `tail`. */
export function parseTail(args: string[], environment: Record<string, string | undefined>): TailOptions {
  const { values, positionals } = readFlags(args);
  const url = values.url ?? environment['PAGEFAULT_URL'];
  const token = values.token ?? environment['PAGEFAULT_TOKEN'];
  if (!url) throw usage('where is the collector? Give --url or PAGEFAULT_URL');
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) throw usage(`--url must begin with http:// or https://`);
  if (!token) throw usage('a token that may read is needed: set PAGEFAULT_TOKEN');
  const { project, format } = values;
  if (format !== undefined && format !== 'pretty' && format !== 'json')
    throw usage(`the format must be pretty or json, not "${format}"`);
  return { query: positionals.join(' '), url, token, ...(project && { project }), ...(format && { format }) };
}

function readFlags(args: string[]) {
  try {
    return parseArgs({ args: args.map(asWord), options: flags, allowPositionals: true });
  } catch (error) {
    throw usage((error as Error).message.split(/\. |\n/)[0]?.replace(/^[UO]/, (letter) => letter.toLowerCase()) ?? '');
  }
}

/** A term with a dash before it (`-level:debug`) is no option. */
const asWord = (arg: string) => (/^-[^-]/.test(arg) ? ` ${arg}` : arg);

const usage = (message: string) => new UsageError(`${message.replace(/\.$/, '')}; see pagefault --help`);
