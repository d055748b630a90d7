import type { Recorded, Thrown } from '../corpus.ts';

type Shot = Pick<Recorded, 'bug' | 'way' | 'v'>;
export type Seen = Pick<Recorded, 'mechanism' | 'thrown'>;

declare global {
  var bugNames: [name: string, ways: number][];
  var recordAll: (shots: Shot[]) => Promise<string>;
}

/** Runs in the page, before its scripts: notes what an error reporter would see. */
export function installRecorder(): void {
  let onSeen: ((seen: Seen) => void) | undefined;
  // Firefox adds the frames before a timer, a listener or an await, but only while a debugger watches, as here.
  const asUnwatched = (stack: string) => stack.replace(/^[\w. ]+\*[^@\n]*@[^]*$/m, '');
  const describe = (value: unknown, depth = 0): Thrown => {
    const isError = value instanceof Error || value instanceof DOMException;
    if (!isError) return { json: JSON.stringify(value) ?? String(value) };
    const { name, message, stack = '' } = value;
    const error: Thrown['error'] = { name, message, stack: asUnwatched(stack) };
    if ('cause' in value && value.cause != null && depth < 4) error.cause = describe(value.cause, depth + 1);
    if (value instanceof AggregateError) error.errors = value.errors.map((each) => describe(each, depth + 1));
    return { error };
  };
  addEventListener('error', (event) => onSeen?.({ mechanism: 'onerror', thrown: describe(event.error) }));
  addEventListener('unhandledrejection', (event) =>
    onSeen?.({ mechanism: 'onunhandledrejection', thrown: describe(event.reason) }),
  );
  const record = ({ bug, way, v }: Shot) =>
    new Promise<Seen | null>((resolve) => {
      const timer = setTimeout(resolve, 1000, null);
      onSeen = (seen) => {
        onSeen = undefined;
        clearTimeout(timer);
        setTimeout(resolve, 4, seen);
      };
      dispatchEvent(new CustomEvent('bug', { detail: { name: bug, way, v } }));
    });
  globalThis.recordAll = async (shots) => {
    const all = [];
    for (const shot of shots) all.push(await record(shot));
    // WebKit's driver cannot read every character.
    return JSON.stringify(all).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  };
}
