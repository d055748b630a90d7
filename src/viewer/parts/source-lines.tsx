import type { SourceContext } from '../../protocol/api.ts';

/** The author's lines around the one that failed, which is told by a mark and a word, not by colour alone. */
export function SourceLines({ source, lineno }: { source: SourceContext; lineno: number }) {
  const { before, line, after } = source;
  const first = lineno - before.length;
  return (
    <ol class="source">
      {[...before, line, ...after].map((text, at) => {
        const isFailing = at === before.length;
        return (
          <li key={at} data-line={first + at} class={isFailing ? 'failing' : undefined}>
            <code class="foreign" aria-label={isFailing ? `failing line: ${text}` : undefined}>
              {text || ' '}
            </code>
          </li>
        );
      })}
    </ol>
  );
}
