import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { startCollector } from '../helpers/collector.ts';

/** How nice a thread of this process is, beside what it is called. */
function readThread(thread: string): { name: string; niceness: number } {
  const [, name = '', rest = ''] = /\((.*)\) (.*)/.exec(readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')) ?? [];
  return { name, niceness: Number(rest.split(' ')[16]) };
}

test(
  'who sends waits for neither the digest nor the garbage collector: their threads come after the one that answers',
  { skip: process.platform !== 'linux' && 'only there a thread has a priority of its own' },
  async (t) => {
    const collector = await startCollector();
    t.after(() => collector.close());
    const own = readThread(String(process.pid)).niceness;
    const others = readdirSync('/proc/self/task').map(readThread);
    assert.ok(others.some(({ niceness }) => niceness === own + 4));
    const helpers = others.filter(({ name }) => name === 'V8Worker');
    assert.deepEqual(
      helpers.map(({ niceness }) => niceness - own),
      helpers.map(() => 10),
    );
  },
);
