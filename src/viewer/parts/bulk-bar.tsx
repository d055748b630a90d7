import type { IssueChange } from '../../protocol/api.ts';
import { actionIds } from '../lib/action-ids.ts';
import { countOf } from '../lib/format.ts';
import { issueList as list } from '../lib/issue-list.ts';
import { toast } from '../lib/toast.ts';
import { useDeed } from '../lib/use-deed.ts';
import { AssignChoice } from './assign-choice.tsx';
import { Problem } from './problem.tsx';
import { Resolve } from './resolve.tsx';
import { SnoozeMenu } from './snooze-menu.tsx';

/** At once; the rest follows in further requests. */
const maxIds = 1_000;

/** What to do with the issues that are selected. */
export function BulkBar() {
  const { isBusy, problem, act } = useDeed();
  const ids = [...list.selection.value];
  if (!ids.length) return null;
  const change = (wanted: IssueChange) =>
    act(async () => {
      let changed = 0;
      const deeds: string[] = [];
      for (let at = 0; at < ids.length; at += maxIds) {
        const part = await list.change(ids.slice(at, at + maxIds), wanted);
        changed += part.changed;
        deeds.push(...part.deeds);
      }
      toast.value = { text: doneWords(changed, wanted), ...(deeds.length > 0 && { undo: () => list.undo(deeds) }) };
    });
  const all = list.shown.value?.filter(({ id }) => list.selection.value.has(id)) ?? [];
  const assignees = [...new Set(all.map(({ assignee }) => assignee?.id ?? null))];
  const isOpen = all.every(({ status }) => status === 'unresolved');
  return (
    <div class="bulk" role="group" aria-label="Selected issues">
      <strong>{countOf(ids.length, 'issue')} selected</strong>
      <Resolve release={undefined} isBusy={isBusy} change={change} />
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
      <Problem text={problem} />
    </div>
  );
}

const statusWords = { unresolved: 'opened again', resolved: 'resolved', snoozed: 'snoozed', ignored: 'ignored' };

const doneWords = (count: number, { status }: IssueChange) =>
  `${countOf(count, 'issue')} ${status ? statusWords[status] : 'assigned'}.`;
