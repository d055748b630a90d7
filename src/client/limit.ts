/** A bucket of tokens: `size` at once, then `perSecond`. */
function createBucket(size: number, perSecond: number, now: () => number): () => boolean {
  let tokens = size;
  let last = now();
  return () => {
    tokens = Math.min(size, tokens + ((now() - last) / 1000) * perSecond);
    last = now();
    return tokens >= 1 && !!tokens--;
  };
}

/** Errors not seen before draw on a reserve of their own: a loop of one bug never hides a new one. */
export function createLimit(now: () => number): (key: string) => boolean {
  const repeats = createBucket(1_000, 20, now);
  const reserve = createBucket(1_000, 5, now);
  const seen = new Set<string>();
  return (key) => {
    if (seen.has(key)) return repeats();
    if (seen.size >= 5_000) seen.clear();
    seen.add(key);
    return reserve();
  };
}
