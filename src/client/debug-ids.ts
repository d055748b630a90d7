import type { Exception } from '../protocol/event.ts';
import { win } from './lib/win.ts';

/** What the build plugin writes into each script: by the stack of the script's first moment, its debug id. */
type Registered = { pagefaultDebugIds?: Record<string, string> };

/** The debug ids of the scripts in the frames. Asked when the event is made: the next visit may load another build. */
export function findDebugIds(exceptions: Pick<Exception, 'frames'>[]): Record<string, string> {
  const registered = (win as Registered).pagefaultDebugIds;
  const found: Record<string, string> = {};
  for (const stack in registered) {
    for (const { filename } of exceptions.flatMap((each) => each.frames)) {
      if (filename && stack.includes(`${filename}:`)) found[filename] = registered[stack] as string;
    }
  }
  return found;
}
