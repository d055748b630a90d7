import type { Distribution } from '../../protocol/api.ts';
import { formatNumber, formatPercent } from '../lib/format.ts';
import { propertyWord } from '../lib/words.ts';

const shownValues = 4;

/** How the events of the issue spread over browsers, releases and so on. */
export function Distributions({ distributions }: { distributions: Distribution[] }) {
  const telling = distributions.filter(({ values }) => values.length > 0);
  if (!telling.length) return null;
  return (
    <section class="panel">
      <h2>Across all events</h2>
      {telling.map((distribution) => (
        <Bars key={distribution.property} distribution={distribution} />
      ))}
    </section>
  );
}

function Bars({ distribution: { property, values } }: { distribution: Distribution }) {
  const total = values.reduce((sum, { count }) => sum + count, 0) || 1;
  const rest = values.slice(shownValues).reduce((sum, { count }) => sum + count, 0);
  const shown = values.slice(0, shownValues);
  if (rest) shown.push({ value: `${values.length - shownValues} more`, count: rest });
  return (
    <div class="distribution">
      <h3>{propertyWord(property)}</h3>
      <ul>
        {shown.map(({ value, count }) => (
          <li key={value} title={`${value}: ${formatNumber(count)}`}>
            <span class="bar-value foreign">{value || '(none)'}</span>
            <span class="bar-share">{formatPercent(count / total)}</span>
            <span class="bar">
              <span style={{ width: `${(count / total) * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
