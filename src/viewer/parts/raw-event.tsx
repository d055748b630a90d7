import { useState } from 'preact/hooks';
import type { StoredEvent } from '../../protocol/api.ts';
import { CodeBlock } from './code-block.tsx';

/** The event as it is kept. Written out only when asked for: it can be megabytes. */
export function RawEvent({ stored }: { stored: StoredEvent }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="panel" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>Raw event</h2> <span class="hint">JSON</span>
      </summary>
      {isOpen && <CodeBlock code={JSON.stringify(stored.event, null, 2)} label="Raw event as JSON" />}
    </details>
  );
}
