// Prints how well events of the held-out bugs are grouped, beside the ways of others.
import { readCorpus } from './corpus.ts';
import { evaluate, type Evaluation } from './evaluate.ts';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function print(title: string, rows: [string, Evaluation['ours']][]): void {
  console.log(`\n${title}`);
  console.log('scheme               groups  perfect   precision  recall  F1');
  for (const [name, { groups, perfect, bugs, precision, recall, f1 }] of rows) {
    const cells = [
      name.padEnd(20),
      String(groups).padStart(6),
      percent(perfect / bugs).padStart(8),
      precision.toFixed(3).padStart(10),
      recall.toFixed(3).padStart(8),
      f1.toFixed(3).padStart(6),
    ];
    console.log(cells.join(' '));
  }
}

const corpus = readCorpus();
console.log(
  `Recorded in ${Object.entries(corpus.engines)
    .map((pair) => pair.join(' '))
    .join(', ')}.`,
);
for (const half of ['held out', 'seen while tuning'] as const) {
  for (const hasMaps of [true, false]) {
    const { ours, rivals, frames, events } = await evaluate(corpus, { isHeldOut: half === 'held out', hasMaps });
    const title = `Bugs ${half}: ${ours.bugs}, ${events} events, ${hasMaps ? 'with' : 'without'} source maps`;
    print(title, [['Pagefault v1', ours], ...Object.entries(rivals)]);
    if (frames) {
      console.log(
        `Throwing frame: right file, line and function in ${percent(frames.right / frames.told)} of ${frames.told} events`,
      );
      console.log(`whose stack has it; ${frames.ended} more in which Safari had ended its frame.`);
    }
  }
}
