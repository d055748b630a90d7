import { useState } from 'preact/hooks';
import type { IssueDetail } from '../../protocol/api.ts';
import { forWhom } from '../lib/for-whom.ts';
import { countOf, formatAgo } from '../lib/format.ts';
import { now } from '../lib/now.ts';
import { splitTitle } from '../lib/title.ts';
import { trend } from '../lib/trend.ts';
import { snoozeWords } from '../lib/activity-words.ts';
import { Ago } from './ago.tsx';
import { Icon } from './icon.tsx';
import { IssueActions } from './issue-actions.tsx';
import { LevelMark } from './level-mark.tsx';

/** What broke, for whom and since when, and what to do about it. */
export function IssueHead({ issue, onChange }: { issue: IssueDetail; onChange: () => void }) {
  const { type, message } = splitTitle(issue.title);
  return (
    <header class="issue-head">
      <div class="issue-line">
        <LevelMark level={issue.level} />
        <span>#{issue.number}</span>
        {issue.status !== 'unresolved' && <span class={`status-word ${issue.status}`}>{issue.status}</span>}
        {type && <span class="issue-type foreign">{type}</span>}
      </div>
      <h1 class="foreign">
        {type && <span class="off-screen">{type}: </span>}
        <LongText text={message || '(no message)'} />
      </h1>
      {issue.culprit && <p class="culprit foreign">{issue.culprit}</p>}
      <p class="summary">
        <strong>{countOf(issue.events, 'event')}</strong>
        {issue.users > 0 && (
          <>
            {' from '}
            <strong>{countOf(issue.users, 'user')}</strong>
          </>
        )}
        {forWhom(issue)}, <Span issue={issue} />.
      </p>
      <Trend issue={issue} />
      <State issue={issue} />
      <IssueActions issue={issue} onChange={onChange} />
    </header>
  );
}

/** Whether it is getting worse. */
function Trend({ issue }: { issue: IssueDetail }) {
  const { kind, words } = trend(issue, now.value);
  if (!words) return null;
  return (
    <p class={`trend trend-${kind}`}>
      {(kind === 'worse' || kind === 'fading') && <Icon name={kind} />}
      {words}
    </p>
  );
}

/** What has been done with it, and what undoes that. */
function State({ issue: { status, resolution, snooze } }: { issue: IssueDetail }) {
  if (status === 'snoozed') return <p class="issue-state">Snoozed {snoozeWords(snooze ?? {})}.</p>;
  if (status === 'ignored') return <p class="issue-state">Ignored: it is counted, and tells nobody.</p>;
  if (status !== 'resolved' || !resolution) return null;
  const { at, release, isNext } = resolution;
  return (
    <p class="issue-state">
      Resolved <Ago at={at} />
      {release && (isNext ? ' in the release after ' : ' in ')}
      {release && <span class="release foreign">{release}</span>}.{' '}
      {release ? `An event of ${isNext ? 'a later release' : 'that release or a later one'}` : 'The next event'} opens
      it again.
    </p>
  );
}

/** Since when and since which release, said once where first and last are the same. */
function Span({ issue: { events, firstSeen, lastSeen, firstRelease, lastRelease } }: { issue: IssueDetail }) {
  const first = (
    <>
      <Ago at={firstSeen} />
      <Release name={firstRelease} />
    </>
  );
  const isMoment = formatAgo(firstSeen, now.value) === formatAgo(lastSeen, now.value);
  if (events === 1 || (isMoment && firstRelease === lastRelease)) return first;
  return (
    <>
      first seen {first}, last seen <Ago at={lastSeen} />
      <Release name={lastRelease === firstRelease ? null : lastRelease} />
    </>
  );
}

function Release({ name }: { name: string | null }) {
  return name ? (
    <>
      {' in '}
      <span class="release foreign">{name}</span>
    </>
  ) : null;
}

const longText = 300;

function LongText({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(text.length <= longText);
  if (isWhole) return <>{text}</>;
  return (
    <>
      {text.slice(0, longText)}…{' '}
      <button type="button" class="button quiet" onClick={() => setWhole(true)}>
        Show all
      </button>
    </>
  );
}
