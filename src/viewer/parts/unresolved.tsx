import type { ShownFrame } from '../../protocol/api.ts';
import { countOf } from '../lib/format.ts';
import { CodeBlock } from './code-block.tsx';
import { Icon } from './icon.tsx';

interface Reason {
  reason: string;
  advice: string;
  count: number;
}

/** Each reason once. Frames of others count only where there are no others to ask for. */
function reasonsOf(frames: ShownFrame[]): Reason[] {
  const own = frames.filter(({ inApp }) => inApp);
  const reasons = new Map<string, Reason>();
  for (const { unresolved } of own.length ? own : frames) {
    if (!unresolved) continue;
    const known = reasons.get(unresolved.reason);
    if (known) known.count++;
    else reasons.set(unresolved.reason, { ...unresolved, count: 1 });
  }
  return [...reasons.values()];
}

/** Why frames are shown as the browser ran them, and what to do about it. */
export function Unresolved({ frames }: { frames: ShownFrame[] }) {
  return (
    <>
      {reasonsOf(frames).map(({ reason, advice, count }) => {
        const at = advice.indexOf('pagefault sourcemaps ');
        return (
          <div key={reason} class="unresolved">
            <p class="foreign">
              <Icon name="warning" /> <strong>{countOf(count, 'frame')} without the original source.</strong> {reason}
            </p>
            <p class="hint foreign">{at < 0 ? advice : advice.slice(0, at)}</p>
            {at >= 0 && <CodeBlock code={advice.slice(at)} label="Command" />}
          </div>
        );
      })}
    </>
  );
}
