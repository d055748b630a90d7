import type { IssueChange } from '../../protocol/api.ts';
import { countOf } from '../lib/format.ts';
import { issueList as list } from '../lib/issue-list.ts';
import { AssignChoice } from './assign-choice.tsx';
import { actionIds } from './issue-actions.tsx';
import { Menu } from './menu.tsx';
import { SnoozeMenu } from './snooze-menu.tsx';
import { useDeed } from '../lib/use-deed.ts';

/** At once; the rest follows in further requests. */
const maxIds = 1_000;

/** What to do with the issues that are selected. */
export function BulkBar() {
  const { isBusy, problem, act } = useDeed();
  const ids = [...list.selection.value];
  if (!ids.length) return null;
  const change = (wanted: IssueChange) =>
    act(async () => {
      for (let at = 0; at < ids.length; at += maxIds) await list.change(ids.slice(at, at + maxIds), wanted);
    });
  const all = list.shown.value?.filter(({ id }) => list.selection.value.has(id)) ?? [];
  const assignees = [...new Set(all.map(({ assignee }) => assignee?.id ?? null))];
  const isOpen = all.every(({ status }) => status === 'unresolved');
  return (
    <div class="bulk" role="group" aria-label="Selected issues">
      <strong>{countOf(ids.length, 'issue')} selected</strong>
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
        <Menu label="Resolve in a release" word="" class="primary">
          {(close) => (
            <button
              type="button"
              onClick={() => {
                close();
                change({ status: 'resolved', inNextRelease: true });
              }}
            >
              In the next release
            </button>
          )}
        </Menu>
      </span>
      <SnoozeMenu id={actionIds.snooze} onSnooze={(snooze) => change({ status: 'snoozed', snooze })} />
      <button
        id={actionIds.ignore}
        type="button"
        class="button"
        disabled={isBusy}
        onClick={() => change({ status: 'ignored' })}
      >
        Ignore
      </button>
      {!isOpen && (
        <button type="button" class="button" disabled={isBusy} onClick={() => change({ status: 'unresolved' })}>
          Reopen
        </button>
      )}
      <AssignChoice
        id={actionIds.assign}
        assignee={assignees.length === 1 ? assignees[0] : undefined}
        disabled={isBusy}
        onAssign={(assignee) => change({ assignee })}
      />
      <button type="button" class="button quiet" onClick={() => (list.selection.value = new Set())}>
        Select none
      </button>
      {problem && (
        <span class="problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}
