import assert from 'node:assert/strict';
import { test } from 'node:test';
import { giveMemoryBack } from '../../src/server/lib/when-quiet.ts';
import { createKnownStacks } from '../../src/server/store/known-stacks.ts';

const bytesOfBuffers = () => {
  giveMemoryBack();
  return process.memoryUsage().arrayBuffers;
};

test('stacks that are remembered hold no more memory than they are long', () => {
  const stacks = createKnownStacks();
  const before = bytesOfBuffers();
  const count = 500;
  let length = 0;
  for (let nth = 0; nth < count; nth++) {
    const json = Buffer.from(JSON.stringify([{ function: `fail${nth}`, filename: 'https://shop.example/shop.js' }]));
    length += json.length;
    assert.equal(stacks.parse(json, 0, json.length)?.[0]?.function, `fail${nth}`);
    // What else goes through the memory that small buffers share.
    for (let others = 0; others < 20; others++) Buffer.from('x'.repeat(Buffer.poolSize / 20));
  }
  const grown = bytesOfBuffers() - before;
  assert.ok(grown < 10 * length + 4 * Buffer.poolSize, `${grown} bytes for stacks of ${length}`);
});
