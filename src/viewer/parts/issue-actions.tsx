import type { IssueChange, IssueDetail } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { AssignChoice } from './assign-choice.tsx';
import { CopyButton } from './copy-button.tsx';
import { Menu } from './menu.tsx';
import { SnoozeMenu } from './snooze-menu.tsx';
import { useDeed } from '../lib/use-deed.ts';

/** Ids by which the keys of the page find them. */
export const actionIds = { resolve: 'resolve', snooze: 'snooze', ignore: 'ignore', assign: 'assign' };

/** What to do about it. */
export function IssueActions({ issue, onChange }: { issue: IssueDetail; onChange: () => void }) {
  const { isBusy, problem, act } = useDeed();
  const change = (wanted: IssueChange) =>
    act(async () => {
      await api.changeIssue(issue.id, wanted);
      onChange();
    });
  const isOpen = issue.status === 'unresolved';
  return (
    <div class="actions">
      {issue.status !== 'resolved' && <Resolve issue={issue} isBusy={isBusy} change={change} />}
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
      {problem && (
        <span class="problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}

interface ResolveProps {
  issue: IssueDetail;
  isBusy: boolean;
  change: (wanted: IssueChange) => void;
}

/** Now, or with a release: then what old tabs still send does not open it again. */
function Resolve({ issue, isBusy, change }: ResolveProps) {
  const newest = issue.releases.at(-1)?.name ?? issue.lastRelease;
  return (
    <span class="button-pair">
      <button
        id={actionIds.resolve}
        type="button"
        class="button primary"
        disabled={isBusy}
        onClick={() => change({ status: 'resolved' })}
      >
        Resolve
      </button>
      {newest !== null && (
        <Menu label="Resolve in a release" word="" class="primary">
          {(close) => (
            <>
              <button
                type="button"
                onClick={() => {
                  close();
                  change({ status: 'resolved', inNextRelease: true });
                }}
              >
                In the next release
              </button>
              <button
                type="button"
                class="foreign"
                onClick={() => {
                  close();
                  change({ status: 'resolved', inRelease: newest });
                }}
              >
                In {newest}
              </button>
            </>
          )}
        </Menu>
      )}
    </span>
  );
}
