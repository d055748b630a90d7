import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { honest, hostile } from './hostile-input.ts';

/** What a hostile request may cost, in honest ones of the greatest size: machines differ too much for milliseconds. */
const maxHonest = 4;
/** What is refused at a glance is never parsed. */
const [glanced, maxGlance] = ['lists of 500,000 levels', 0.5];
/** MiB that the heap of each thread may grow to; idle, they hold 30 and 20. What needs 50 more ends the process. */
const heapMb = 80;
/** MB by which the process may grow in all, heaps included, however many hostile requests come. */
const maxGrowthMb = 250;
const tries = 4;

test('hostile input costs no more than honest input of its size, and little memory', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'pagefault-hostile-'));
  const script = join(import.meta.dirname, 'collector-process.ts');
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  const measure = async () => {
    const response = await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer test-token' } });
    const metrics = await response.text();
    const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
    return {
      cpuMs: value('process_cpu_seconds_total') * 1_000,
      mb: value('process_resident_memory_bytes') / 1e6,
      backlog: value('pagefault_backlog_events'),
    };
  };
  const settled = async () => {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const now = await measure();
      if (now.backlog === 0) return now;
      assert.ok(Date.now() < deadline, `${now.backlog} events still wait for the digest`);
      await setTimeout(10);
    }
  };
  const endpoint = `${url}/in/testkey`;
  const cpuOf = async (name: string, body: () => string | Uint8Array, encoding?: string) => {
    const sendIt = () => send(endpoint, body(), encoding ? { 'content-encoding': encoding } : {});
    const costs: number[] = [];
    let last = await settled();
    for (let i = 0; i < tries; i++) {
      const { status } = await sendIt();
      assert.ok([202, 400, 413].includes(status), `${name}: ${status}`);
      const now = await settled();
      costs.push(now.cpuMs - last.cpuMs);
      last = now;
    }
    // The dearest ones paid for compiling, or for the garbage of others.
    const cpuMs = Math.min(...costs);
    t.diagnostic(`${name}: ${cpuMs.toFixed(0)} ms of CPU, ${last.mb.toFixed(0)} MB`);
    return cpuMs;
  };

  for (let i = 0; i < 60; i++) await send(endpoint, batch([batchEvent({ message: `${i}` })]));
  await cpuOf('an honest batch, not compiled yet', honest);
  const honestMs = await cpuOf('an honest batch', honest);
  const start = await settled();
  for (const [name, { body, encoding }] of Object.entries(hostile)) {
    const unique = () =>
      typeof body === 'string' ? body.replaceAll('event-', `event${Math.random()}-`.replace('.', '')) : body;
    const cpuMs = await cpuOf(name, unique, encoding);
    const most = name === glanced ? maxGlance : maxHonest;
    assert.ok(cpuMs < honestMs * most, `${name}: ${(cpuMs / honestMs).toFixed(1)} honest batches`);
  }
  const { mb } = await settled();
  assert.ok(mb - start.mb < maxGrowthMb, `The process grew by ${(mb - start.mb).toFixed(0)} MB`);
});
