import { limits } from '../../protocol/limits.ts';
import { toPlain } from '../lib/describe-value.ts';
import { createCleaner } from '../scrub.ts';

/** Masks secrets in plain values as the reporter does in events: `mask` has more of their names. */
export function createMaskSecrets(mask: (string | RegExp)[] | undefined): <T extends object>(value: T) => T {
  const cleaner = createCleaner({ endpoint: '', mask });
  return <T extends object>(value: T) => toPlain(value, cleaner, limits.depth + 1) as T;
}
