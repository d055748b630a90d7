import type { IssueSummary } from '../../protocol/api.ts';
import { IssueRow } from './issue-row.tsx';

/** A short list of issues among other things. */
export const CompactIssues = ({ issues }: { issues: IssueSummary[] }) => (
  <ol class="issues compact">
    {issues.map((issue) => (
      <IssueRow key={issue.id} issue={issue} />
    ))}
  </ol>
);
