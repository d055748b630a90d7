let onFailure: ((error: unknown) => void) | undefined;

/** Runs what a foreign value or a hostile page may make fail; undefined then. */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    onFailure?.(error);
    return undefined;
  }
}

/** The same for a function that is called later: whatever happens inside, the page does not feel it. */
export const guard =
  <A extends unknown[], T>(run: (...args: A) => T) =>
  (...args: A): T | undefined =>
    attempt(() => run(...args));

/** Lets a developer see what went wrong. */
export const setOnFailure = (warn: typeof onFailure): void => void (onFailure = warn);
