const size = 2_000;
const perSecond = 20;

/** A bucket of tokens, half of it a reserve for errors not seen before: a loop of one bug never hides a new one. */
export function createLimit(now: () => number): (key: string) => boolean {
  const seen = new Set<string>();
  let tokens = size;
  let last = now();
  return (key) => {
    tokens = Math.min(size, tokens + ((now() - last) / 1000) * perSecond);
    last = now();
    if (tokens < (seen.has(key) ? size / 2 : 1)) return false;
    if (seen.size > size) seen.clear();
    seen.add(key);
    tokens--;
    return true;
  };
}
