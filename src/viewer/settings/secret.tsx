import { CodeBlock } from '../parts/code-block.tsx';

/** What is shown this one time. */
export const Secret = ({ text, label, hint }: { text: string; label: string; hint: string }) => (
  <div class="secret" role="status">
    <p class="success">{hint}</p>
    <CodeBlock code={text} label={label} />
  </div>
);
