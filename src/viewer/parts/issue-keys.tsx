import { useLocation } from 'preact-iso/router';
import { actionIds } from '../lib/action-ids.ts';
import { lastList } from '../lib/issue-filter.ts';
import { focusById, pressById, useKeys } from '../lib/use-keys.ts';
import { commentId } from './activity.tsx';
import { nextId, previousId } from './event-nav.tsx';
import { KeyList, Sheet } from './sheet.tsx';

const helpId = 'issue-help';

/** The keys of the issue page, and the sheet that tells them. */
export function IssueKeys() {
  const { route } = useLocation();
  useKeys({
    r: pressById(actionIds.resolve),
    i: pressById(actionIds.ignore),
    s: () => {
      pressById(actionIds.snooze)();
      document.querySelector<HTMLElement>('.menu[open] .menu-choices button')?.focus();
    },
    a: focusById(actionIds.assign),
    c: focusById(commentId),
    p: pressById(previousId),
    n: pressById(nextId),
    u: () => route(lastList.href),
    '?': () => document.getElementById(helpId)?.togglePopover(),
  });
  return (
    <Sheet id={helpId} label="Keys">
      <h2>Keys</h2>
      <KeyList
        keys={[
          ['r', 'resolve, or open again'],
          ['s', 'snooze'],
          ['i', 'ignore'],
          ['a', 'assign'],
          ['c', 'comment; Ctrl and Enter sends it'],
          ['p n', 'previous and next event'],
          ['u', 'back to the list'],
          ['?', 'this sheet'],
          ['Esc', 'close it'],
        ]}
      />
    </Sheet>
  );
}
