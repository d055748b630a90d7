import { CopyButton } from './copy-button.tsx';

/** Text to copy as it stands. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div class="code-block">
      <div class="code-parts">
        <pre tabIndex={0} role="group" aria-label={label}>
          <code>{code}</code>
        </pre>
        <CopyButton text={() => code} label="Copy" />
      </div>
    </div>
  );
}
