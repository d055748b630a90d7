import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifacts } from './symbolicate/artifacts.ts';

/** Gives the collector the maps of its own demo shop, as a build would upload them. */
export async function uploadDemoMaps(folder: string, projectId: string, artifacts: Artifacts): Promise<void> {
  const names = (await readdir(join(folder, 'assets'))).filter((name) => name.endsWith('.map'));
  for (const name of names) {
    const text = await readFile(join(folder, 'assets', name), 'utf8');
    const hash = createHash('sha256').update(text).digest('hex');
    const upload = { projectId, release: '', name: `demo/assets/${name}` };
    const known = await artifacts.uploadKnown({ ...upload, hash }, Date.now());
    if (!known) await artifacts.upload({ ...upload, text }, Date.now());
  }
}
