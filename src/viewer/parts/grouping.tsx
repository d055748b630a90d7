import { useLocation } from 'preact-iso/router';
import type { Correction, IssueDetail } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { useDeed } from '../lib/use-deed.ts';
import { Ago } from './ago.tsx';
import { MergeSearch } from './merge-search.tsx';
import { SplitOff } from './split-off.tsx';
import { Problem } from './problem.tsx';

interface GroupingProps {
  issue: IssueDetail;
  /** The event that is shown, whose like may be split off. */
  eventId: string | undefined;
  onChange: () => void;
}

/** Why its events are together, what people said about that, and how to say otherwise. */
export function Grouping({ issue, eventId, onChange }: GroupingProps) {
  return (
    <section class="panel grouping">
      <h2>Why these are one issue</h2>
      <ul class="reasons">
        {issue.grouping.reasons.map((reason) => (
          <li key={reason} class="foreign">
            <WithCode text={reason} />
          </li>
        ))}
        {issue.corrections.map((correction) => (
          <Corrected key={correction.id} issue={issue} correction={correction} onChange={onChange} />
        ))}
      </ul>
      <p class="hint">Grouping {issue.grouping.version}</p>
      <MergeSearch issue={issue} onChange={onChange} />
      {issue.events > 1 && eventId !== undefined && <SplitOff issue={issue} eventId={eventId} onChange={onChange} />}
    </section>
  );
}

/** Text with `code` in it. */
function WithCode({ text }: { text: string }) {
  return <>{text.split('`').map((part, at) => (at % 2 ? <code key={at}>{part}</code> : part))}</>;
}

interface CorrectedProps {
  issue: IssueDetail;
  correction: Correction;
  onChange: () => void;
}

function Corrected({ issue, correction, onChange }: CorrectedProps) {
  const { kind, isOrigin, issue: other, person, at } = correction;
  const { route } = useLocation();
  const { isBusy, problem, act } = useDeed();
  const undo = () =>
    act(async () => {
      const left = await api.undo(issue.id, correction.id);
      if (left.id === issue.id) onChange();
      // What was split off is no more.
      else route(`/issues/${encodeURIComponent(left.id)}`);
    });
  return (
    <li class="corrected">
      <span>
        {person || 'Someone'} {deed(kind, isOrigin)} <IssueLink other={other} isLink={kind === 'split'} /> by hand,{' '}
        <Ago at={at} />.
      </span>{' '}
      <button type="button" class="button quiet" disabled={isBusy} onClick={undo}>
        Undo
      </button>
      <Problem text={problem} />
    </li>
  );
}

function deed(kind: Correction['kind'], isOrigin: boolean): string {
  if (kind === 'merge') return 'merged into this one';
  return isOrigin ? 'split off' : 'split this one off';
}

/** A merged issue leads here: no link. */
function IssueLink({ other: { id, number, title }, isLink }: { other: Correction['issue']; isLink: boolean }) {
  const words = (
    <>
      #{number} <span class="foreign">{title}</span>
    </>
  );
  return isLink ? <a href={`/issues/${encodeURIComponent(id)}`}>{words}</a> : words;
}
