import { useLocation } from 'preact-iso/router';
import type { IssueChange, IssueDetail } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { useDeed } from '../lib/use-deed.ts';
import { Problem } from './problem.tsx';

const dayMs = 86_400_000;

/** What a link of a notice asks for. A link is opened by accident, and by programs that look at mails: it only asks. */
const deeds: Record<string, { question: string; word: string; change: () => IssueChange }> = {
  resolve: { question: 'Resolve this issue?', word: 'Resolve', change: () => ({ status: 'resolved' }) },
  snooze: {
    question: 'Snooze this issue for a day?',
    word: 'Snooze for a day',
    change: () => ({ status: 'snoozed', snooze: { until: Date.now() + dayMs } }),
  },
};

export function Asked({ issue, onChange }: { issue: IssueDetail; onChange: () => void }) {
  const { query, path, route } = useLocation();
  const { isBusy, problem, act } = useDeed();
  const deed = deeds[query['ask'] ?? ''];
  if (!deed || issue.status !== 'unresolved') return null;
  const leave = () => route(path, true);
  const change = async () => {
    await api.changeIssue(issue.id, deed.change());
    onChange();
    leave();
  };
  return (
    <section class="panel asked" aria-label="Asked by a notice">
      <p class="actions">
        <strong>{deed.question}</strong>
        <button type="button" class="button primary" disabled={isBusy} onClick={() => act(change)}>
          {deed.word}
        </button>
        <button type="button" class="button" onClick={leave}>
          Not now
        </button>
        <Problem text={problem} />
      </p>
    </section>
  );
}
