import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of a program on PATH, or undefined. */
export function onPath(...names: string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** The first file that matches; where several do, the highest version. */
export function newestMatch(...patterns: string[]): string | undefined {
  return patterns.map((pattern) => globSync(pattern).sort().at(-1)).find((path) => path !== undefined);
}

/** @throws Error that says what to install. */
export function required(path: string | undefined, program: string, debianPackage: string): string {
  if (path !== undefined) return path;
  throw new Error(
    `${program} is not installed (Debian: apt-get install ${debianPackage}). ` +
      'PAGEFAULT_ENGINES=chromium runs the tests without it.',
  );
}
