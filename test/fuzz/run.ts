// Mutated requests against a collector of its own: npm run fuzz [-- count]. PAGEFAULT_SEED repeats a run.
import { createRandom } from '../helpers/random.ts';
import { fuzz } from './fuzz.ts';

const seed = Number(process.env['PAGEFAULT_SEED']) || Date.now() % 2 ** 32;
const count = Number(process.argv[2] ?? 1_000_000);
process.stdout.write(`${count} requests, PAGEFAULT_SEED=${seed}\n`);
const { answered, refused, residentMb } = await fuzz(createRandom(seed), count, (text) =>
  process.stdout.write(`${text}\n`),
);
process.stdout.write(`${answered} answered, ${refused} closed without an answer; memory ${residentMb.join(', ')} MB\n`);
