import type { Distribution } from '../../protocol/api.ts';
import { issueHref, readFilter, toggleTerm } from '../lib/event-filter.ts';

import { byImportance, propertyWord, valueWord } from '../lib/words.ts';
import { Bars, type ValueLink } from './bars.tsx';

interface DistributionsProps {
  issueId: string;
  filter: string;
  distributions: Distribution[];
}

/**
 * How the events of the issue spread over browsers, releases and so on, each a bar that filters them; what never varies is
 * said in one line each.
 */
export function Distributions({ issueId, filter, distributions }: DistributionsProps) {
  const sorted = distributions.toSorted(byImportance);
  const varied = sorted.filter(({ values }) => values.length > 1);
  const constant = sorted.filter(({ values }) => values.length === 1);
  if (!sorted.length) return null;
  const chosen = readFilter(filter);
  const linkOf = (property: string, value: string): ValueLink | undefined => {
    const wanted = toggleTerm(filter, property, value);
    if (wanted === undefined) return undefined;
    const isChosen = chosen.some((term) => term.property === property && term.value === value);
    const title = isChosen ? 'Show the others again' : `Show only events with ${valueWord(property, value)}`;
    return { href: issueHref(issueId, { filter: wanted }), title, isChosen };
  };
  return (
    <section class="panel">
      <h2>Across all events</h2>
      {varied.map((distribution) => (
        <Bars key={distribution.property} distribution={distribution} linkOf={linkOf} />
      ))}
      {constant.length > 0 && (
        <>
          <h3>Always the same</h3>
          <dl class="facts">
            {constant.map(({ property, values: [only] }) => (
              <div key={property}>
                <dt class="foreign">{propertyWord(property)}</dt>
                <dd class="foreign" title={only?.value}>
                  {valueWord(property, only?.value ?? '')}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}
