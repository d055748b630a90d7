import { useEffect, useState } from 'preact/hooks';
import type { SourceContext } from '../../protocol/api.ts';
import { cutIndent } from '../lib/cut-indent.ts';
import { loadHighlight, plain, type Highlight, type Token } from '../lib/highlight.ts';
import { tokenAt } from '../lib/token-at.ts';

interface SourceProps {
  source: SourceContext;
  /** Of the failing line; 1-based. */
  lineno: number;
  /** Where in it; 1-based. */
  colno: number | undefined;
}

/** The failing line among its neighbours, in the author's words. */
export function SourceCode({ source, lineno, colno }: SourceProps) {
  const [highlight, setHighlight] = useState<Highlight>(() => plain);
  useEffect(() => {
    // Without colours it says the same.
    loadHighlight().then(
      (loaded) => setHighlight(() => loaded),
      () => undefined,
    );
  }, []);
  const { lines, cut } = cutIndent([...source.before, source.line, ...source.after]);
  const first = lineno - source.before.length;
  return (
    <pre class="source" tabIndex={0} role="group" aria-label={`Source around line ${lineno}`}>
      {highlight(lines).map((tokens, at) => (
        <Line
          key={at}
          number={first + at}
          tokens={tokens}
          failsAt={first + at === lineno ? (colno ?? 0) - 1 - cut : undefined}
        />
      ))}
    </pre>
  );
}

function Line({ number, tokens, failsAt }: { number: number; tokens: Token[]; failsAt: number | undefined }) {
  // Without colours the whole line is one token: marking it would mark nothing.
  const marked = failsAt === undefined || tokens.length < 2 ? -1 : tokenAt(tokens, failsAt);
  return (
    <code class={failsAt === undefined ? 'source-line' : 'source-line failing'}>
      <span class="source-number" data-number={number} />
      <span class="source-text">
        {tokens.map(({ type, text }, at) => (
          <span key={at} class={`${type && `token-${type}`}${at === marked ? ' here' : ''}` || undefined}>
            {text}
          </span>
        ))}
        {'\n'}
      </span>
    </code>
  );
}
