import { maxBatchBytes } from '../server/index.ts';

export function main(): void {
  process.stdout.write(`${maxBatchBytes}\n`);
}
