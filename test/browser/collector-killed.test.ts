import assert from 'node:assert/strict';
import { browserTest } from '../helpers/browser.ts';
import { outlive } from '../helpers/outlive.ts';
import { createRandom } from '../helpers/random.ts';

// 100 times: `npm run soak:kill`.
browserTest('everything is there once, however often the collector was killed', async ({ page }) => {
  const { raised, missing, double } = await outlive(page, 4, createRandom(4).next);
  assert.ok(raised > 5);
  assert.deepEqual(missing, []);
  assert.deepEqual(double, []);
});
