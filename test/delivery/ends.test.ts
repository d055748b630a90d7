import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { errors, runCell, type Action, type Size } from './cell.ts';
import { engines } from '../helpers/browser.ts';
import { createIdentity } from '../helpers/far.ts';

const ends: Record<string, [Action, Size]> = {
  'the page goes on to another': ['navigate', 'large'],
  'the tab is closed': ['close tab', 'large'],
  'the tab is closed while repeats wait to be counted': ['close tab on repeats', 'small'],
  'its own script closes it': ['window.close()', 'small'],
  'its renderer is killed': ['crash', 'large'],
};

// All of them: `npm run matrix`. What a test does most is to wait whether an error comes twice.
describe('the end of a page', { concurrency: true }, () => {
  for (const engine of engines) {
    describe(engine, { concurrency: 1 }, () => {
      for (const [what, [action, size]] of Object.entries(ends)) {
        test(`50 errors arrive, each once, though ${what} at once (${engine})`, { timeout: 90_000 }, async () => {
          const { direct, later } = await runCell({ engine, action, size }, await createIdentity());
          assert.deepEqual({ direct, later }, { direct: errors, later: errors });
        });
      }
    });
  }
});
