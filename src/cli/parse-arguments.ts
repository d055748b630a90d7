import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { readConfigFile, settingNames, type ConfigFile } from './config-file.ts';
import { parseTail, type TailOptions } from './parse-tail.ts';
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
  /** Files of the certificate and its key, PEM. */
  tls?: { cert: string; key: string };
  /** Whose `X-Forwarded-*` headers are believed: true for any, or addresses. */
  trustProxy?: boolean | string;
  logLevel: LogLevel;
  /** Where people reach the viewer, for links in notices. */
  publicUrl?: string;
  /** Mail server and sender of notices. */
  mail?: { url: string; from: string };
  /** Whether notices may go to addresses of this machine and its network. */
  allowPrivateNetwork?: boolean;
  /** How records of logs and events are printed as they come; absent for not at all. */
  logRecords?: 'pretty' | 'json';
  /** Where files of a day each are written, as it was given, and how many of them are kept. */
  logFiles?: { folder: string; days: number };
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
type LogLevel = (typeof logLevels)[number];

export type Command =
  | { name: 'help'; of: string }
  | { name: 'version' }
  | { name: 'serve'; options: ServeOptions }
  | { name: 'backup'; file: string; dataDir: string }
  | { name: 'restore'; file: string; dataDir: string }
  | { name: 'upload'; options: UploadOptions }
  | { name: 'tail'; options: TailOptions };

type Environment = Record<string, string | undefined>;

const flags = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  demo: { type: 'boolean' },
  config: { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'trust-proxy': { type: 'string' },
  'log-level': { type: 'string' },
  'public-url': { type: 'string' },
  'mail-from': { type: 'string' },
  'allow-private-network': { type: 'boolean' },
  'log-records': { type: 'string' },
  'log-folder': { type: 'string' },
  'log-days': { type: 'string' },
  version: { type: 'boolean', short: 'v' },
} as const;

/**
 * Flags win over the environment, the environment over the config file, the file over the defaults; an empty variable is
 * none.
 */
export function parseArguments(args: string[], environment: Environment, isTerminal = false): Command {
  const [first = 'serve', ...others] = args;
  if (args.includes('--help') || args.includes('-h')) return { name: 'help', of: first };
  if (first === 'sourcemaps') return { name: 'upload', options: parseUpload(others, environment) };
  if (first === 'tail') return { name: 'tail', options: parseTail(others, environment) };
  const { values, positionals } = readFlags(args);
  const [command = 'serve', ...rest] = positionals;
  if (values.version) return { name: 'version' };
  if (command === 'help') return { name: 'help', of: rest[0] ?? 'serve' };
  if (command === 'version') return { name: command };
  const configFile = values.config ?? environment['PAGEFAULT_CONFIG'];
  const config: ConfigFile = configFile ? readConfigFile(configFile) : {};
  /** What a flag says wins over the environment, and that over the config file; empty is as good as absent. */
  const setting = <Name extends keyof ConfigFile>(flag: string | boolean | undefined, name: Name) =>
    flag === undefined ? environment[variableOf(name)] || config[name] : String(flag);
  const isOn = (flag: boolean | undefined, name: keyof ConfigFile) => parseSwitch(setting(flag, name) || 'false', name);
  const dataDir = setting(values.data, 'data') || './pagefault-data';
  if (command === 'backup' || command === 'restore') {
    const [file, ...more] = rest;
    if (file === undefined || more.length) throw usage(`${command} needs one file`);
    const [other] = Object.keys(values).filter((name) => name !== 'data' && name !== 'config');
    if (other) throw usage(`${command} has no option --${other}`);
    return { name: command, file, dataDir };
  }
  if (command !== 'serve') throw usage(`there is no command "${command}"`);
  if (rest.length) throw usage(`"${rest.join(' ')}" is too much`);
  const key = environment['PAGEFAULT_KEY'];
  const token = environment['PAGEFAULT_TOKEN'];
  const cert = setting(values['tls-cert'], 'tlsCert');
  const tlsKey = setting(values['tls-key'], 'tlsKey');
  if (!cert !== !tlsKey) throw usage('TLS needs both a certificate and its key');
  const trustProxy = setting(values['trust-proxy'], 'trustProxy');
  const publicUrl = setting(values['public-url'], 'publicUrl');
  const logRecords = parseLogRecords(setting(values['log-records'], 'logRecords') || 'auto', environment, isTerminal);
  const logFolder = setting(values['log-folder'], 'logFolder');
  const logDays = parseDays(setting(values['log-days'], 'logDays') || '14');
  const options: ServeOptions = {
    port: parsePort(values.port ?? (setting(undefined, 'port') || '7377')),
    host: setting(values.host, 'host') || '127.0.0.1',
    dataDir,
    demo: isOn(values.demo, 'demo'),
    logLevel: parseLogLevel(setting(values['log-level'], 'logLevel') || 'warn'),
    ...(key && { key: parseKey(key) }),
    ...(token && { token: parseToken(token) }),
    ...(cert && tlsKey && { tls: { cert, key: tlsKey } }),
    ...(publicUrl && { publicUrl: parsePublicUrl(publicUrl) }),
    ...readMail(setting(values['mail-from'], 'mailFrom'), environment),
    ...(isOn(values['allow-private-network'], 'allowPrivateNetwork') && { allowPrivateNetwork: true }),
    ...(logRecords && { logRecords }),
    ...(logFolder && { logFiles: { folder: logFolder, days: logDays } }),
    ...(trustProxy && trustProxy !== 'false' && { trustProxy: parseProxies(trustProxy) }),
  };
  return { name: 'serve', options };
}

/** Whoever develops watches a terminal; in production nobody does, and what is printed fills somebody's disk. */
function parseLogRecords(text: string, environment: Environment, isTerminal: boolean): 'pretty' | 'json' | undefined {
  if (text === 'pretty' || text === 'json') return text;
  if (text === 'auto') return isTerminal && environment['NODE_ENV'] !== 'production' ? 'pretty' : undefined;
  if (text === 'off') return undefined;
  throw usage(`records are printed as auto, pretty, json or off, not "${text}"`);
}

function parseDays(text: string): number {
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= 3_650) return days;
  throw usage(`the days of log files must be a number from 1 to 3650, not "${text}"`);
}

/** The address of the mail server holds a password: it comes from the environment only. */
function readMail(from: string | undefined, environment: Environment): Pick<ServeOptions, 'mail'> {
  const url = environment['PAGEFAULT_SMTP_URL'];
  if (!url) return {};
  if (!/^smtps?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw usage('PAGEFAULT_SMTP_URL must begin with smtp:// or smtps://');
  if (!from) throw usage('a mail server needs a sender: --mail-from or PAGEFAULT_MAIL_FROM');
  if (!/\S@\S/.test(from)) throw usage(`the sender must be an address, alone or as Name <address>, not "${from}"`);
  return { mail: { url, from } };
}

function parsePublicUrl(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw usage(`the public URL must begin with http:// or https://, not "${text}"`);
}

/** `tlsCert` is `PAGEFAULT_TLS_CERT`, and `--tls-cert`. */
const variableOf = (name: string) => `PAGEFAULT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
const flagOf = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** That have no place in the config file, and those of the other commands. */
const otherVariables = ['CONFIG', 'KEY', 'TOKEN', 'SMTP_URL', 'URL', 'RELEASE'].map((name) => `PAGEFAULT_${name}`);

/** Variables that look like settings and are none: most likely written wrong, and without effect. */
export function unknownVariables(environment: Environment): string[] {
  const known = new Set([...settingNames.map(variableOf), ...otherVariables]);
  return Object.keys(environment).filter((name) => name.startsWith('PAGEFAULT_') && !known.has(name));
}

/** Addresses, networks as `10.0.0.0/8`, or the names that Fastify knows. */
function parseProxies(text: string): string | true {
  if (text === 'true') return true;
  const isProxy = (one: string) => {
    const [address = '', bits] = one.split('/');
    const family = isIP(address);
    if (family === 0) return ['loopback', 'linklocal', 'uniquelocal'].includes(one);
    return bits === undefined || (/^\d+$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128));
  };
  if (text.split(',').every((one) => isProxy(one.trim()))) return text;
  throw usage(`proxies are true, or addresses such as 127.0.0.1,10.0.0.0/8, not "${text}"`);
}

function parseSwitch(text: string, name: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw usage(
    `${flagOf(name)} (${variableOf(name)}, or "${name}" of the config file) must be true or false, not "${text}"`,
  );
}

function parseLogLevel(text: string): LogLevel {
  const level = logLevels.find((one) => one === text);
  if (level) return level;
  throw usage(`the log level must be one of ${logLevels.join(', ')}, not "${text}"`);
}

function readFlags(args: string[]) {
  try {
    return parseArgs({ args, options: flags, allowPositionals: true, allowNegative: true });
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

const minTokenLength = 16;

/** Who guesses it may do everything. */
function parseToken(token: string): string {
  if (token.length >= minTokenLength) return token;
  throw usage(`PAGEFAULT_TOKEN must have at least ${minTokenLength} characters, as openssl rand -hex 32 makes them`);
}

function usage(message: string): UsageError {
  return new UsageError(`${message.replace(/\.$/, '')}; see pagefault --help`);
}
