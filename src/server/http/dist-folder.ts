import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of built files: this module stands in it once it is bundled, and beside it while it runs from source.
 * Undefined if nothing has been built.
 */
export function findDistFolder(from: string = import.meta.dirname): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = [folder, join(folder, 'dist')].find((candidate) => existsSync(join(candidate, 'snippet.js')));
    if (found !== undefined || folder === dirname(folder)) return found;
  }
}
