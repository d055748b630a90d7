import { useState } from 'preact/hooks';
import type { Activity, IssueDetail } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { deedWords } from '../lib/activity-words.ts';
import { useDeed } from '../lib/use-deed.ts';
import { useLive } from '../lib/use-live.ts';
import { useLoad } from '../lib/use-load.ts';
import { Ago } from './ago.tsx';
import { Problem } from './problem.tsx';
import { Failure, Loading } from './state.tsx';

export const commentId = 'comment';

/** Who did what with the issue, and what they wrote, newest last, with a place to write. */
export function ActivityList({ issue }: { issue: IssueDetail }) {
  const { id, status, assignee, resolution, snooze } = issue;
  // Whatever changes of these has left a line in the history.
  const key = JSON.stringify([id, status, assignee, resolution?.at, snooze?.until]);
  const { data, error, reload } = useLoad(key, (signal) => api.activity(id, signal));
  // What others do, or write, while this page is open.
  useLive(({ issueIds, arrival }) => !arrival && issueIds.includes(id), reload);
  return (
    <section class="panel">
      <h2>History and comments</h2>
      {error && <Failure error={error} onRetry={reload} />}
      {!data && !error && <Loading what="the history" />}
      <ol class="activity">
        <li>
          First seen{issue.firstRelease !== null && <span class="foreign"> in {issue.firstRelease}</span>}{' '}
          <Ago at={issue.firstSeen} />
        </li>
        {data?.toReversed().map((one) => (
          <Deed key={one.id} deed={one} />
        ))}
      </ol>
      <CommentForm issueId={id} onSent={reload} />
    </section>
  );
}

function Deed({ deed }: { deed: Activity }) {
  return (
    <li class={deed.kind === 'regressed' ? 'bad' : undefined}>
      {deed.person !== null && <strong class="foreign">{deed.person} </strong>}
      <span class="foreign">{deedWords(deed)}</span> {deed.issue && <Other issue={deed.issue} />} <Ago at={deed.at} />
      {deed.text !== undefined && <p class="comment foreign">{deed.text}</p>}
    </li>
  );
}

/** A merged issue leads here by its link, and as long as it is merged. */
const Other = ({ issue: { id, number, title } }: { issue: NonNullable<Activity['issue']> }) => (
  <a href={`/issues/${encodeURIComponent(id)}`}>
    #{number} <span class="foreign">{title}</span>
  </a>
);

function CommentForm({ issueId, onSent }: { issueId: string; onSent: () => void }) {
  const [text, setText] = useState('');
  const { isBusy, problem, act } = useDeed();
  const send = () => {
    if (!text.trim()) return;
    // What was written stays when that fails: it can be sent again.
    act(async () => {
      await api.comment(issueId, text);
      setText('');
      onSent();
    });
  };
  return (
    <form
      class="comment-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        id={commentId}
        aria-label="Comment"
        placeholder="Write a comment"
        rows={2}
        maxLength={10_000}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          send();
        }}
      />
      <button class="button" disabled={isBusy || !text.trim()}>
        Comment
      </button>
      <Problem text={problem} />
    </form>
  );
}
