import { now } from './lib/now.ts';

const size = 2_000;
const perMs = 0.02;

/** A bucket of tokens, half of it a reserve for errors not seen before: a loop of one bug never hides a new one. */
export function createLimit(): (isKnown: boolean) => unknown {
  let tokens = size;
  let last = now();
  return (isKnown) => {
    tokens = Math.min(size, tokens + (now() - last) * perMs);
    last = now();
    return tokens > (isKnown ? size / 2 : 1) && tokens--;
  };
}
