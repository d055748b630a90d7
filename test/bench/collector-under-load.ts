import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const cores = cpus().length;
/** The collector has two cores of its own where there are four; where there are two, each side has one. */
export const collectorCores = cores >= 4 ? '0,1' : '0';
export const loadCores = cores >= 4 ? '2,3' : '1';

export interface CollectorUnderLoad {
  url: string;
  endpoint: string;
  pid: number;
  /** From the start of the process to the first answer, ms. */
  startMs: number;
  /** Resident memory, MB. */
  residentMb(): number;
  peakResidentMb(): number;
  /** What it has computed since its start, microseconds by thread: on a machine that is shared this says more than a clock. */
  cpuUs(): CpuUs;
  /** Reads, or puts the body if there is one. */
  api<T>(path: string, body?: object): Promise<T>;
  /** The value of one metric. */
  metric(name: string): Promise<number>;
  /** Resolves when everything has been digested. */
  drained(): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface CpuUs {
  /** The thread that answers requests. */
  main: number;
  /** The thread that writes and digests. */
  digest: number;
  /** Collecting garbage, compiling, waiting for files. */
  others: number;
}

const pinned = (cpus: string, args: string[]): [string, string[]] =>
  process.platform === 'linux' ? ['taskset', ['-c', cpus, ...args]] : [args[0] ?? '', args.slice(1)];

/** Runs a command on the collector's cores and answers with what it prints. */
export function runPinned(script: string, ...args: string[]): string {
  const [command, rest] = pinned(collectorCores, [process.execPath, script, ...args]);
  return execFileSync(command, rest, { encoding: 'utf8' });
}

/** Starts the built collector as a process of its own, on cores of its own. */
export async function startPinned(dataDir: string, env: Record<string, string> = {}): Promise<CollectorUnderLoad> {
  const startedAt = performance.now();
  const flags = (env['NODE_FLAGS'] ?? '').split(' ').filter(Boolean);
  const script = join(import.meta.dirname, '../../dist/node/pagefault.js');
  // As `npm start` and the files in src/server/deploy do.
  const serve = [
    process.execPath,
    '--max-semi-space-size=8',
    ...flags,
    script,
    'serve',
    '--port',
    '0',
    '--data',
    dataDir,
  ];
  const [command, args] = pinned(collectorCores, serve);
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'], PAGEFAULT_KEY: 'benchkey', PAGEFAULT_TOKEN: 'token-of-the-bench', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let endpoint = '';
  for await (const line of createInterface(child.stdout)) {
    endpoint = /Endpoint\s+(\S+)/.exec(line)?.[1] ?? '';
    if (endpoint) break;
  }
  child.stdout.resume();
  const { origin: url } = new URL(endpoint);
  await fetch(`${url}/health`);
  const startMs = performance.now() - startedAt;
  const pid = child.pid ?? 0;
  const status = (field: string) =>
    Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
  const headers = { authorization: 'Bearer token-of-the-bench' };
  const metric = async (name: string) => {
    const text = await (await fetch(`${url}/metrics`, { headers })).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  };
  return {
    url,
    endpoint,
    pid,
    startMs,
    residentMb: () => status('VmRSS'),
    peakResidentMb: () => status('VmHWM'),
    cpuUs: () => cpuOf(pid),
    metric,
    async api<T>(path: string, body?: object) {
      const put = body && { method: 'PUT', body: JSON.stringify(body) };
      const json = body && { 'content-type': 'application/json' };
      const response = await fetch(url + path, { ...put, headers: { ...headers, ...json } });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    async drained() {
      while ((await metric('pagefault_backlog_events')) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    },
    async stop(signal = 'SIGTERM') {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}

/** What every system counts in; where the scheduler's own count is there, it is exact. */
const tickUs = 10_000;

export function cpuOf(pid: number): CpuUs {
  const cpu: CpuUs = { main: 0, digest: 0, others: 0 };
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const [, name = '', rest = ''] =
      /\((.*)\) (.*)/.exec(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')) ?? [];
    const fields = rest.split(' ');
    const exact = `/proc/${pid}/task/${thread}/schedstat`;
    const us = existsSync(exact)
      ? parseInt(readFileSync(exact, 'utf8')) / 1_000
      : (Number(fields[11]) + Number(fields[12])) * tickUs;
    cpu[name === 'MainThread' ? 'main' : name === 'WorkerThread' ? 'digest' : 'others'] += us;
  }
  return cpu;
}

/** Bytes of all files in a folder. */
export function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
