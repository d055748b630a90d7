import { useState } from 'preact/hooks';
import type { ShownFrame, StoredEvent } from '../../protocol/api.ts';
import type { Exception } from '../../protocol/event.ts';
import { foldFrames } from '../lib/fold-frames.ts';
import { countOf } from '../lib/format.ts';
import { stackText } from '../lib/stack-text.ts';
import { CopyButton } from './copy-button.tsx';
import { FrameLine } from './frame-line.tsx';
import { Unresolved } from './unresolved.tsx';

/** The thrown value with its frames, then its causes and members. */
export function Stack({ stored }: { stored: StoredEvent }) {
  const [isRaw, setRaw] = useState(false);
  const { exceptions } = stored.event;
  if (!exceptions.length) return null;
  const frames = isRaw ? stored.frames.map((list) => list.map(rawFrame)) : stored.frames;
  const hasRaw = stored.frames.flat().some(({ raw }) => raw);
  return (
    <section class="stack" aria-label="Stack">
      <div class="section-head">
        <h2>Stack</h2>
        <div class="actions">
          {hasRaw && <Shown isRaw={isRaw} onChoose={setRaw} />}
          <CopyButton label="Copy stack" text={() => stackText({ ...stored, frames })} />
        </div>
      </div>
      {exceptions.map((exception, at) => (
        <ExceptionBlock key={at} stored={stored} exception={exception} at={at} frames={frames[at] ?? []} />
      ))}
      {!isRaw && <Unresolved frames={stored.frames.flat()} />}
    </section>
  );
}

/** As the browser ran it. */
const rawFrame = (frame: ShownFrame): ShownFrame => (frame.raw ? { ...frame.raw, inApp: frame.inApp } : frame);

function Shown({ isRaw, onChoose }: { isRaw: boolean; onChoose: (isRaw: boolean) => void }) {
  return (
    <div class="chips" role="group" aria-label="Frames">
      <button type="button" class="chip" aria-pressed={!isRaw} onClick={() => onChoose(false)}>
        Original
      </button>
      <button type="button" class="chip" aria-pressed={isRaw} onClick={() => onChoose(true)}>
        Minified
      </button>
    </div>
  );
}

function relationWords(exception: Exception, all: Exception[]): string {
  if (exception.relation !== 'member') return 'Caused by';
  const members = all.filter(({ relation, parent }) => relation === 'member' && parent === exception.parent);
  return `Error ${members.indexOf(exception) + 1} of ${members.length} inside`;
}

interface BlockProps {
  stored: StoredEvent;
  exception: Exception;
  at: number;
  frames: ShownFrame[];
}

function ExceptionBlock({ stored, exception, at, frames }: BlockProps) {
  return (
    <div class="exception">
      {at > 0 && <p class="relation">{relationWords(exception, stored.event.exceptions)}</p>}
      {(at > 0 || stored.event.exceptions.length > 1) && (
        <h3 class="foreign">
          {exception.type}
          {exception.value && <span class="exception-value">: {exception.value}</span>}
        </h3>
      )}
      {frames.length === 0 && <p class="hint">No stack came with it.</p>}
      {frames.length > 0 && <Frames frames={frames} pageUrl={stored.event.page?.url} />}
    </div>
  );
}

function Frames({ frames, pageUrl }: { frames: ShownFrame[]; pageUrl: string | undefined }) {
  const first = frames.find((frame) => frame.inApp) ?? frames[0];
  return (
    <ol class="frames">
      {foldFrames(frames).map((run, index) =>
        run.isFolded ? (
          <li key={index} class="folded">
            <details>
              <summary>{countOf(run.frames.length, 'frame')} of other code</summary>
              <ol class="frames">
                {run.frames.map((frame, line) => (
                  <FrameLine key={line} frame={frame} pageUrl={pageUrl} />
                ))}
              </ol>
            </details>
          </li>
        ) : (
          run.frames.map((frame, line) => (
            <FrameLine key={`${index}.${line}`} frame={frame} pageUrl={pageUrl} isFirst={frame === first} />
          ))
        ),
      )}
    </ol>
  );
}
