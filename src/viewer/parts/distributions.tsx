import type { Distribution } from '../../protocol/api.ts';
import { countOf, formatPercent } from '../lib/format.ts';
import { hrefOf } from '../lib/issue-filter.ts';
import { queryTerm } from '../lib/query-term.ts';
import { byImportance, propertyWord, valueWord } from '../lib/words.ts';

const shownValues = 4;

/** How the events of the issue spread over browsers, releases and so on; what never varies is said in one line each. */
export function Distributions({ distributions }: { distributions: Distribution[] }) {
  const sorted = distributions.toSorted(byImportance);
  const varied = sorted.filter(({ values }) => values.length > 1);
  const constant = sorted.filter(({ values }) => values.length === 1);
  if (!sorted.length) return null;
  return (
    <section class="panel">
      <h2>Across all events</h2>
      {varied.map((distribution) => (
        <Bars key={distribution.property} distribution={distribution} />
      ))}
      {constant.length > 0 && (
        <>
          <h3>Always the same</h3>
          <dl class="facts">
            {constant.map(({ property, values: [only] }) => (
              <div key={property}>
                <dt class="foreign">{propertyWord(property)}</dt>
                <dd class="foreign">{valueWord(property, only?.value ?? '')}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

/** The most frequent values of a property; each leads to the issues that have it. */
export function Bars({ distribution: { property, values } }: { distribution: Distribution }) {
  const total = values.reduce((sum, { count }) => sum + count, 0) || 1;
  const rest = values.slice(shownValues).reduce((sum, { count }) => sum + count, 0);
  const shown = values.slice(0, shownValues);
  return (
    <div class="distribution">
      <h3 class="foreign">{propertyWord(property)}</h3>
      <ul>
        {shown.map(({ value, count }) => (
          <li key={value} title={countOf(count, 'event')}>
            <Value property={property} value={value} />
            <span class="bar-share">{formatPercent(count / total)}</span>
            <span class="bar">
              <span style={{ width: `${(count / total) * 100}%` }} />
            </span>
          </li>
        ))}
        {rest > 0 && (
          <li>
            <span class="bar-value">{values.length - shownValues} more</span>
            <span class="bar-share">{formatPercent(rest / total)}</span>
          </li>
        )}
      </ul>
    </div>
  );
}

/** Leads to all issues that have the value. */
function Value({ property, value }: { property: string; value: string }) {
  const query = queryTerm(property, value);
  const word = valueWord(property, value);
  if (!query) return <span class="bar-value foreign">{word}</span>;
  return (
    <a
      class="bar-value foreign"
      href={hrefOf({ project: undefined, query, status: 'all', sort: 'lastSeen' })}
      title={`All issues with ${query}`}
    >
      {word}
    </a>
  );
}
