import type { IssueSummary } from '../../protocol/api.ts';
import { formatCompact, formatNumber } from '../lib/format.ts';
import { Ago } from './ago.tsx';
import { LevelMark } from './level-mark.tsx';
import { Sparkline } from './sparkline.tsx';
import { Title } from './title.tsx';

export function IssueRow({ issue }: { issue: IssueSummary }) {
  return (
    <li class="issue-row">
      <LevelMark level={issue.level} wordless />
      <div class="issue-what">
        <a class="issue-link" href={`/issues/${encodeURIComponent(issue.id)}`}>
          <Title title={issue.title} />
        </a>
        <p class="culprit foreign">
          {issue.culprit}
          {issue.status !== 'unresolved' && <span class="status-word">{issue.status}</span>}
        </p>
      </div>
      <Sparkline hourly={issue.hourly} />
      <Count value={issue.events} word={issue.events === 1 ? 'event' : 'events'} />
      <Count value={issue.users} word={issue.users === 1 ? 'user' : 'users'} />
      <span class="seen">
        <Ago at={issue.lastSeen} short />
      </span>
      <span class="seen first-seen">
        <Ago at={issue.firstSeen} short />
      </span>
    </li>
  );
}

function Count({ value, word }: { value: number; word: string }) {
  // No users means that nothing in the reports tells them apart.
  if (value === 0) return <span class="count none">–</span>;
  return (
    <span class="count" title={`${formatNumber(value)} ${word}`}>
      {formatCompact(value)} <span class="count-word">{word}</span>
    </span>
  );
}
