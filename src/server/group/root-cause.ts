import type { ShownFrame } from '../../protocol/api.ts';
import type { Exception } from '../../protocol/event.ts';
import { anchorOf, recursiveAnchor, type Anchor } from './anchor.ts';
import { whatHappened, type What } from './what-happened.ts';

export interface RootCause {
  what: What;
  anchor: Anchor;
  exception: Exception;
  /** Another error wrapped it. */
  isWrapped: boolean;
}

/**
 * The exception that tells which bug it is: the innermost cause for which the site's own code is answerable. What wraps
 * it is only the way by which it came. Members of an AggregateError come last.
 */
export function rootCauseOf(exceptions: Exception[], frames: ShownFrame[][]): RootCause | undefined {
  if (last?.exceptions !== exceptions || last.frames !== frames) {
    last = { exceptions, frames, root: findRootCause(exceptions, frames) };
  }
  return last.root;
}

/** All stages of grouping ask for it, one after the other. */
let last: { exceptions: Exception[]; frames: ShownFrame[][]; root: RootCause | undefined } | undefined;

function findRootCause(exceptions: Exception[], frames: ShownFrame[][]): RootCause | undefined {
  const all = chainOf(exceptions).map((index): RootCause => {
    const exception = exceptions[index] as Exception;
    const what = whatHappened(exception);
    const shown = frames[index] ?? [];
    const isRecursion = what.known?.family.name === 'recursion';
    const anchor = isRecursion ? recursiveAnchor(shown) : anchorOf(shown);
    return { what, anchor, exception, isWrapped: index > 0 };
  });
  return all.find(({ anchor }) => anchor.place) ?? all.find(({ anchor }) => anchor.through) ?? all[0];
}

/** Indexes: causes of the thrown value, innermost first, then itself, then members. */
function chainOf(exceptions: Exception[]): number[] {
  const chain: number[] = exceptions.length > 0 ? [0] : [];
  for (let at = 0; at >= 0;) {
    const parent = at;
    at = exceptions.findIndex((each) => each.parent === parent && each.relation === 'cause');
    if (at < 0 || chain.includes(at)) break;
    chain.unshift(at);
  }
  const members = exceptions.flatMap(({ relation }, index) => (relation === 'member' ? [index] : []));
  return [...chain, ...members.filter((index) => !chain.includes(index))];
}
