import type { Exception } from '../protocol/event.ts';

/** What the build plugin writes into each script: by the stack of the script's first moment, its debug id. */
type Registered = { pagefaultDebugIds?: Record<string, string> };

/** The debug ids of the scripts in the frames. Asked when the event is made: the next visit may load another build. */
export function findDebugIds(exceptions: Exception[]): Record<string, string> | undefined {
  const registered = (globalThis as Registered).pagefaultDebugIds;
  let found: Record<string, string> | undefined;
  for (const stack in registered) {
    for (const file of new Set(exceptions.flatMap(({ frames }) => frames.map(({ filename }) => filename)))) {
      if (stack.includes(`${file}:`)) found = { ...found, [file as string]: registered[stack] as string };
    }
  }
  return found;
}
