import { now } from './lib/now.ts';

const size = 2_000;
const perSecond = 20;

/** A bucket of tokens, half of it a reserve for errors not seen before: a loop of one bug never hides a new one. */
export function createLimit(): (isKnown: boolean) => boolean {
  let tokens = size;
  let last = now();
  return (isKnown) => {
    tokens = Math.min(size, tokens + ((now() - last) / 1000) * perSecond);
    last = now();
    return tokens > (isKnown ? size / 2 : 1) && !!tokens--;
  };
}
