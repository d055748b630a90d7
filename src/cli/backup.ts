import { resolve } from 'node:path';
import { backUp, restoreFrom } from '../server/store/backup.ts';

interface Files {
  file: string;
  dataDir: string;
}

/** Copies the database into a file, whether the collector runs or not. */
export async function backup({ file, dataDir }: Files): Promise<void> {
  await backUp(resolve(dataDir), resolve(file));
  process.stdout.write(`Copied to ${resolve(file)}\n`);
}

/** Puts a copy into a folder that has no database yet. */
export async function restore({ file, dataDir }: Files): Promise<void> {
  await restoreFrom(resolve(file), resolve(dataDir));
  process.stdout.write(`Restored to ${resolve(dataDir)}\n`);
}
