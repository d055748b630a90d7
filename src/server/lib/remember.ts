/**
 * The same function, but what it answered for the last few hundred texts is remembered: events of one bug ask the same
 * again and again. For functions that depend on nothing else, and whose answers nobody changes.
 */
export function remember<Args extends string[], Result>(
  work: (...args: Args) => Result,
  maxTexts = 500,
): (...args: Args) => Result {
  const known = new Map<string, Result>();
  return (...args) => {
    const key = args.length === 1 ? (args[0] ?? '') : args.join('\0');
    const answer = known.get(key);
    if (answer !== undefined || known.has(key)) return answer as Result;
    const result = work(...args);
    // Long texts would make it large; whoever sends them sends few.
    if (key.length > 2_000) return result;
    if (known.size >= maxTexts) known.clear();
    known.set(key, result);
    return result;
  };
}

/** The same for what was found out about an object, for as long as that is there. */
export function rememberFor<Thing extends object, Result extends object>(
  work: (thing: Thing) => Result,
): (thing: Thing) => Result {
  const known = new WeakMap<Thing, Result>();
  return (thing) => {
    const before = known.get(thing);
    if (before) return before;
    const answer = work(thing);
    known.set(thing, answer);
    return answer;
  };
}
