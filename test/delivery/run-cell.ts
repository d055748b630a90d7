// Measures one cell in a process of its own, `node run-cell.ts '{"engine":"firefox","action":"crash","size":"small"}'`, and
// prints the result: a browser that gets stuck is ended with the process.
import { createIdentity } from '../helpers/far.ts';
import { runCell, type Cell } from './cell.ts';

const cell = JSON.parse(process.argv[2] ?? '') as Cell;
const result = await runCell(cell, await createIdentity(), (step) => process.stderr.write(`${step}\n`));
process.stdout.write(JSON.stringify(result));
process.exit();
