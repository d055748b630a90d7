import { useState } from 'preact/hooks';
import type { Distribution } from '../../protocol/api.ts';
import { countOf, formatPercent } from '../lib/format.ts';
import { propertyWord, valueWord } from '../lib/words.ts';

const shownValues = 4;

/** Where a value leads. */
export interface ValueLink {
  href: string;
  title: string;
  isChosen?: boolean;
}

interface BarsProps {
  distribution: Distribution;
  /** Undefined for a value that leads nowhere. */
  linkOf: (property: string, value: string) => ValueLink | undefined;
}

/** The most frequent values of a property, each with its share; the others when they are asked for. */
export function Bars({ distribution: { property, values }, linkOf }: BarsProps) {
  const [isWhole, setWhole] = useState(values.length === shownValues + 1);
  const total = values.reduce((sum, { count }) => sum + count, 0) || 1;
  const rest = values.slice(shownValues).reduce((sum, { count }) => sum + count, 0);
  return (
    <div class="distribution">
      <h3 class="foreign">{propertyWord(property)}</h3>
      <ul>
        {(isWhole ? values : values.slice(0, shownValues)).map(({ value, count }) => (
          <li key={value} title={countOf(count, 'event')}>
            <Value property={property} value={value} link={linkOf(property, value)} />
            <span class="bar-share">{formatPercent(count / total)}</span>
            <span class="bar">
              <span style={{ width: `${(count / total) * 100}%` }} />
            </span>
          </li>
        ))}
        {!isWhole && rest > 0 && (
          <li>
            <button type="button" class="bar-value link" onClick={() => setWhole(true)}>
              {values.length - shownValues} more
            </button>
            <span class="bar-share">{formatPercent(rest / total)}</span>
          </li>
        )}
      </ul>
    </div>
  );
}

function Value({ property, value, link }: { property: string; value: string; link: ValueLink | undefined }) {
  const word = valueWord(property, value);
  // The value as it came, where it is shown shorter.
  const whole = word === value ? '' : ` (${value})`;
  if (!link) {
    return (
      <span class="bar-value foreign" title={value}>
        {word}
      </span>
    );
  }
  return (
    <a
      class="bar-value foreign"
      href={link.href}
      title={link.title + whole}
      aria-current={link.isChosen ? 'true' : undefined}
    >
      {word}
    </a>
  );
}
