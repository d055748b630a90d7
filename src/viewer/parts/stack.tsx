import type { StoredEvent } from '../../protocol/api.ts';
import type { Exception } from '../../protocol/event.ts';
import { foldFrames } from '../lib/fold-frames.ts';
import { countOf } from '../lib/format.ts';
import { stackText } from '../lib/stack-text.ts';
import { CopyButton } from './copy-button.tsx';
import { FrameLine } from './frame-line.tsx';

/** The thrown value with its frames, then its causes and members. */
export function Stack({ stored }: { stored: StoredEvent }) {
  const { exceptions } = stored.event;
  if (!exceptions.length) return null;
  return (
    <section class="stack">
      <div class="section-head">
        <h2>Stack</h2>
        <CopyButton label="Copy stack" text={() => stackText(stored)} />
      </div>
      {exceptions.map((exception, at) => (
        <ExceptionBlock key={at} stored={stored} exception={exception} at={at} />
      ))}
    </section>
  );
}

function relationWords(exception: Exception, all: Exception[]): string {
  if (exception.relation !== 'member') return 'Caused by';
  const members = all.filter(({ relation, parent }) => relation === 'member' && parent === exception.parent);
  return `Error ${members.indexOf(exception) + 1} of ${members.length} inside`;
}

function ExceptionBlock({ stored, exception, at }: { stored: StoredEvent; exception: Exception; at: number }) {
  const frames = stored.frames[at] ?? [];
  const first = frames.find((frame) => frame.inApp) ?? frames[0];
  const pageUrl = stored.event.page?.url;
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
      {frames.length > 0 && (
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
      )}
    </div>
  );
}
