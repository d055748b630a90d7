import type { IssueMatches } from '../../protocol/api.ts';
import { issueHref, readFilter, toggleTerm } from '../lib/event-filter.ts';
import { countOf } from '../lib/format.ts';
import { propertyWord, valueWord } from '../lib/words.ts';

interface FilterProps {
  issueId: string;
  filter: string;
  /** Undefined while it is counted. */
  matches: IssueMatches | undefined;
}

/** Which events of the issue are shown, how many there are of them, and how to see all again. */
export function EventFilter({ issueId, filter, matches }: FilterProps) {
  return (
    <section class="event-filter" aria-label="Filter">
      <span>Only events with</span>
      <ul class="chips">
        {readFilter(filter).map(({ property, value }) => (
          <li key={property}>
            <a class="chip foreign" href={issueHref(issueId, { filter: toggleTerm(filter, property, value) ?? '' })}>
              {propertyWord(property)}: {valueWord(property, value)}
              <span aria-hidden="true"> ×</span>
              <span class="off-screen"> (take out)</span>
            </a>
          </li>
        ))}
      </ul>
      <span role="status">
        {matches && (matches.events ? <strong>{countOf(matches.events, 'event')}</strong> : 'No such event is kept.')}
      </span>
      <a href={issueHref(issueId)}>Show all events</a>
    </section>
  );
}
