import { useEffect, useState } from 'preact/hooks';
import { actionIds } from '../lib/action-ids.ts';
import { toast } from '../lib/toast.ts';
import { useDeed } from '../lib/use-deed.ts';
import { Problem } from './problem.tsx';

const shownMs = 15_000;

/** What has just been done, for a while, with a button that takes it back. It stays as long as somebody is at it. */
export function Toast() {
  const { isBusy, problem, act } = useDeed();
  const [isHeld, setHeld] = useState(false);
  const done = toast.value;
  useEffect(() => {
    if (!done || isHeld) return;
    const timer = setTimeout(() => (toast.value = undefined), shownMs);
    return () => clearTimeout(timer);
  }, [done, isHeld]);
  const undo = done?.undo;
  return (
    <div class="toast-place" role="status">
      {done && (
        <p
          class="popup toast"
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocusIn={() => setHeld(true)}
          onFocusOut={() => setHeld(false)}
        >
          {done.text} <Problem text={problem} />
          {undo && (
            <button id={actionIds.undo} type="button" class="button" disabled={isBusy} onClick={() => act(undo)}>
              Undo
            </button>
          )}
          <button type="button" class="button quiet" aria-label="Dismiss" onClick={() => (toast.value = undefined)}>
            ×
          </button>
        </p>
      )}
    </div>
  );
}
