import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** The version of this package, found from the source and from the built file alike. */
export function readVersion(): string {
  const file = findPackageJSON('..', import.meta.url);
  const { version } = JSON.parse(readFileSync(file ?? '', 'utf8')) as { version: string };
  return version;
}
