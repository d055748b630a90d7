import type { IssueChange, IssueDetail } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { actionIds } from '../lib/action-ids.ts';
import { useDeed } from '../lib/use-deed.ts';
import { AssignChoice } from './assign-choice.tsx';
import { CopyButton } from './copy-button.tsx';
import { Problem } from './problem.tsx';
import { Resolve } from './resolve.tsx';
import { SnoozeMenu } from './snooze-menu.tsx';

/** What to do about it. */
export function IssueActions({ issue, onChange }: { issue: IssueDetail; onChange: () => void }) {
  const { isBusy, problem, act } = useDeed();
  const change = (wanted: IssueChange) =>
    act(async () => {
      await api.changeIssue(issue.id, wanted);
      onChange();
    });
  const isOpen = issue.status === 'unresolved';
  const newest = issue.releases.at(-1)?.name ?? issue.lastRelease;
  return (
    <div class="actions">
      {issue.status !== 'resolved' && <Resolve release={newest} isBusy={isBusy} change={change} />}
      {!isOpen && (
        <button
          id={issue.status === 'resolved' ? actionIds.resolve : undefined}
          type="button"
          class="button"
          disabled={isBusy}
          onClick={() => change({ status: 'unresolved' })}
        >
          Reopen
        </button>
      )}
      {isOpen && <SnoozeMenu id={actionIds.snooze} onSnooze={(snooze) => change({ status: 'snoozed', snooze })} />}
      {isOpen && (
        <button
          id={actionIds.ignore}
          type="button"
          class="button"
          disabled={isBusy}
          onClick={() => change({ status: 'ignored' })}
        >
          Ignore
        </button>
      )}
      <AssignChoice
        id={actionIds.assign}
        assignee={issue.assignee?.id ?? null}
        disabled={isBusy}
        onAssign={(assignee) => change({ assignee })}
      />
      <CopyButton label="Copy link" text={() => location.href} />
      <Problem text={problem} />
    </div>
  );
}
