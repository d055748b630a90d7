// Kills the collector again and again while a page breaks all the time: `npm run soak:kill -- --kills 100 --seed 1`.
import { parseArgs } from 'node:util';
import { browserTest } from '../helpers/browser.ts';
import { outlive } from '../helpers/outlive.ts';
import { createRandom } from '../helpers/random.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});

browserTest(
  `killed ${values.kills} times`,
  async ({ page, engine }) => {
    const { raised, missing, double } = await outlive(
      page,
      Number(values.kills),
      createRandom(Number(values.seed)).next,
    );
    process.stdout.write(`${engine}: ${raised} raised, ${missing.length} missing, ${double.length} twice\n`);
    if (missing.length || double.length) throw new Error(JSON.stringify({ missing, double }));
  },
  { timeoutMs: 1_800_000 },
);
