import { useState } from 'preact/hooks';
import type { IssueDetail, IssueStatus } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { countOf, formatAgo } from '../lib/format.ts';
import { now } from '../lib/now.ts';
import { splitTitle } from '../lib/title.ts';
import { trend } from '../lib/trend.ts';
import { Ago } from './ago.tsx';
import { CopyButton } from './copy-button.tsx';
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
        , <Span issue={issue} />. {trend(issue, now.value)}
      </p>
      <Actions issue={issue} onChange={onChange} />
    </header>
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

const actions: Record<IssueStatus, [IssueStatus, string][]> = {
  unresolved: [
    ['resolved', 'Resolve'],
    ['ignored', 'Ignore'],
  ],
  resolved: [['unresolved', 'Reopen']],
  snoozed: [
    ['resolved', 'Resolve'],
    ['unresolved', 'Reopen'],
  ],
  ignored: [
    ['resolved', 'Resolve'],
    ['unresolved', 'Reopen'],
  ],
};

function Actions({ issue, onChange }: { issue: IssueDetail; onChange: () => void }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const change = async (status: IssueStatus) => {
    setBusy(true);
    setProblem('');
    try {
      await api.setStatus(issue.id, status);
      onChange();
    } catch (reason) {
      setProblem(reason instanceof Error ? reason.message : String(reason));
    }
    setBusy(false);
  };
  return (
    <div class="actions">
      {actions[issue.status].map(([status, word], at) => (
        <button
          key={status}
          type="button"
          class={at === 0 ? 'button primary' : 'button'}
          disabled={isBusy}
          onClick={() => void change(status)}
        >
          {word}
        </button>
      ))}
      <CopyButton label="Copy link" text={() => location.href} />
      {problem && (
        <span class="problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}
