import type { IssueDetail } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { useDeed } from '../lib/use-deed.ts';
import { Problem } from './problem.tsx';

interface SplitProps {
  issue: IssueDetail;
  eventId: string;
  onChange: () => void;
}

/** Makes an issue of its own of the event that is shown and of all like it. */
export function SplitOff({ issue, eventId, onChange }: SplitProps) {
  const { isBusy, problem, act } = useDeed();
  const split = () =>
    act(async () => {
      await api.split(issue.id, [eventId]);
      onChange();
    });
  return (
    <p class="split-off">
      <button type="button" class="button" disabled={isBusy} onClick={split}>
        Split off events like the one shown
      </button>{' '}
      <span class="hint">Those in which the same happened, and the same code called.</span>
      <Problem text={problem} />
    </p>
  );
}
