import type { IssueDetail, StoredEvent } from '../../protocol/api.ts';
import { issueHref } from '../lib/event-filter.ts';
import { issueMarkdown } from '../lib/issue-markdown.ts';
import { Ago } from './ago.tsx';
import { CopyButton } from './copy-button.tsx';
import { Icon } from './icon.tsx';
import { Version } from './version.tsx';

/** By which keys find them. */
export const [previousId, nextId] = ['previous-event', 'next-event'];

interface NavProps {
  issue: IssueDetail;
  filter: string;
  stored: StoredEvent | undefined;
  isLatest: boolean;
  hasNewer: boolean;
  onNewer: () => void;
}

/** Which of the issue's events is shown, and its neighbours. */
export function EventNav({ issue, filter, stored, isLatest, hasNewer, onNewer }: NavProps) {
  const hrefOf = (event: string) => issueHref(issue.id, { event, filter });
  return (
    <nav class="event-nav" aria-label="Events">
      {issue.events > 1 && (
        <>
          <Step href={stored?.previousId && hrefOf(stored.previousId)} icon="previous" word="Previous" />
          <Step href={stored?.nextId && hrefOf(stored.nextId)} icon="next" word="Next" />
        </>
      )}
      {stored && (
        <span class="event-which">
          {isLatest ? 'Latest event' : 'Event'} <Ago at={stored.happenedAt} />
          {stored.event.browser && (
            <>
              {' '}
              in <Version of={stored.event.browser} />
            </>
          )}
          {stored.event.os && (
            <>
              {' '}
              on <Version of={stored.event.os} />
            </>
          )}
        </span>
      )}
      {!isLatest && !hasNewer && <a href={issueHref(issue.id, { filter })}>Latest</a>}
      <span role="status">
        {hasNewer && (
          <button type="button" class="button arrival" onClick={onNewer}>
            A newer event has arrived — show
          </button>
        )}
      </span>
      {stored && (
        <CopyButton
          label="Copy as Markdown"
          text={() => issueMarkdown(issue, stored, location.origin + issueHref(issue.id, { event: stored.event.id }))}
        />
      )}
    </nav>
  );
}

function Step({ href, icon, word }: { href: string | null | undefined; icon: 'previous' | 'next'; word: string }) {
  // Without a neighbour it stays as a disabled link, so that the others do not move.
  return href ? (
    <a
      id={icon === 'previous' ? previousId : nextId}
      class="button"
      href={href}
      rel={icon === 'previous' ? 'prev' : 'next'}
    >
      <Icon name={icon} />
      {word}
    </a>
  ) : (
    <a class="button" role="link" aria-disabled="true">
      <Icon name={icon} />
      {word}
    </a>
  );
}
