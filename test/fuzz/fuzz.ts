import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import type { Random } from '../helpers/random.ts';
import { mutateRequest } from './mutate-request.ts';

export interface Fuzzed {
  answered: number;
  /** Connections that ended without an answer: what no one can read as HTTP. */
  refused: number;
  /** After each tenth of the run. */
  residentMb: number[];
}

const connections = 32;
const silentMs = 20_000;

/** Throws when the collector ends, answers 500, stays silent, or no longer takes a proper batch. */
export async function fuzz(
  random: Random,
  count: number,
  say: (text: string) => void = () => undefined,
): Promise<Fuzzed> {
  const folder = await mkdtemp(join(tmpdir(), 'pagefault-fuzz-'));
  const script = join(import.meta.dirname, '../server/collector-process.ts');
  // With the memory that `npm start` and the command give it.
  const child = spawn(process.execPath, ['--max-semi-space-size=8', script, folder], {
    env: { ...process.env, MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '2097152' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
    const result: Fuzzed = { answered: 0, refused: 0, residentMb: [] };
    for (let tenth = 0; tenth < 10; tenth++) {
      let left = Math.ceil(count / 10);
      const sender = async () => {
        while (left-- > 0) {
          const request = mutateRequest(random);
          const status = await exchange(url, request);
          if (status >= 500 && status !== 503)
            throw new Error(`${status} for ${JSON.stringify(request.toString('latin1'))}`);
          if (status > 0) result.answered++;
          else result.refused++;
        }
      };
      await Promise.all(Array.from({ length: connections }, sender));
      if (child.exitCode !== null) throw new Error('The collector has ended.');
      result.residentMb.push(await residentMb(url));
      say(`${(tenth + 1) * 10} %: ${result.residentMb.at(-1)} MB`);
    }
    const { status } = await send(`${url}/in/testkey`, batch([batchEvent()]));
    if (status !== 202) throw new Error(`A proper batch is answered ${status}.`);
    return result;
  } finally {
    const ended = once(child, 'exit');
    if (child.exitCode === null && child.kill('SIGKILL')) await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

async function residentMb(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer test-token' } })).text();
  return Math.round(Number(/^process_resident_memory_bytes (\d+)$/m.exec(metrics)?.[1]) / 1e6);
}

/** Status of the answer; 0 for none. A request that says it is longer than it is is ended by the sender. */
function exchange(url: string, request: Buffer): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setTimeout(silentMs, () => {
      socket.destroy();
      reject(new Error(`No answer to ${JSON.stringify(request.toString('latin1'))}`));
    });
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
      if (/^HTTP\/1\.1 \d{3}/.test(answer) && !answer.startsWith('HTTP/1.1 100')) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)));
    socket.end(request);
  });
}
