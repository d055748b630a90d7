import { useState } from 'preact/hooks';
import type { IssueDetail, IssueSummary } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { countOf } from '../lib/format.ts';
import { useDeed } from '../lib/use-deed.ts';
import { useLoad } from '../lib/use-load.ts';
import { Failure } from './state.tsx';
import { Problem } from './problem.tsx';

interface MergeProps {
  issue: IssueDetail;
  onChange: () => void;
}

/** Looks for the issue that is the same bug, and merges it into this one. */
export function MergeSearch(props: MergeProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Merge another issue into this one</summary>
      {isOpen && <Search {...props} onDone={() => setOpen(false)} />}
    </details>
  );
}

/** More are found by typing more. */
const shown = 8;

function Search({ issue, onChange, onDone }: MergeProps & { onDone: () => void }) {
  const [query, setQuery] = useState('');
  const { isBusy, problem, act } = useDeed();
  const found = useLoad(query, (signal) =>
    api.issues({ project: issue.projectId, query, status: 'all', sort: 'lastSeen' }, { limit: shown + 1, signal }),
  );
  const others = (found.data?.issues ?? []).filter(({ id }) => id !== issue.id).slice(0, shown);
  const merge = (other: IssueSummary) =>
    act(async () => {
      await api.merge(issue.id, [other.id]);
      onDone();
      onChange();
    });
  return (
    <div class="merge-search">
      <input
        type="search"
        aria-label="Search the issue to merge"
        placeholder="Words of the other issue"
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      {found.error && <Failure error={found.error} onRetry={found.reload} />}
      <ul class="reasons" aria-busy={found.isLoading}>
        {others.map((other) => (
          <li key={other.id} class="corrected">
            <span>
              #{other.number} <span class="foreign">{other.title}</span>, {countOf(other.events, 'event')}
            </span>{' '}
            <button type="button" class="button" disabled={isBusy} onClick={() => merge(other)}>
              Merge #{other.number}
            </button>
          </li>
        ))}
        {found.data && others.length === 0 && <li class="hint">No other issue has these words.</li>}
      </ul>
      <Problem text={problem} />
    </div>
  );
}
