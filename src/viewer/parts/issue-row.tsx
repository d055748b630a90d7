import { useLayoutEffect, useRef } from 'preact/hooks';
import type { IssueSummary } from '../../protocol/api.ts';
import { formatCompact, formatNumber } from '../lib/format.ts';
import { now } from '../lib/now.ts';
import { trend } from '../lib/trend.ts';
import { Ago } from './ago.tsx';
import { Icon } from './icon.tsx';
import { LevelMark } from './level-mark.tsx';
import { Sparkline } from './sparkline.tsx';
import { Title } from './title.tsx';

/** In a list whose issues can be selected. */
interface Selectable {
  isSelected: boolean;
  onSelect: (isRange: boolean) => void;
  isCurrent: boolean;
  place: { at: number; of: number };
}

export const linkId = (issueId: string) => `issue-${issueId}`;

export function IssueRow({ issue, selectable }: { issue: IssueSummary; selectable?: Selectable }) {
  const link = useRef<HTMLAnchorElement>(null);
  const isCurrent = selectable?.isCurrent ?? false;
  useLayoutEffect(() => {
    // Keys move it; who has gone to type elsewhere keeps the focus there.
    const active = document.activeElement;
    if (isCurrent && (active === document.body || active?.closest('main')))
      link.current?.focus({ preventScroll: true });
  }, [isCurrent]);
  return (
    <li
      class={selectable ? `issue-row selectable${selectable.isSelected ? ' selected' : ''}` : 'issue-row'}
      aria-posinset={selectable?.place.at}
      aria-setsize={selectable?.place.of}
    >
      {selectable && <Tick issue={issue} {...selectable} />}
      <LevelMark level={issue.level} wordless />
      <div class="issue-what">
        <a
          ref={link}
          id={selectable && linkId(issue.id)}
          class="issue-link whole-line"
          href={`/issues/${encodeURIComponent(issue.id)}`}
        >
          <Title title={issue.title} />
        </a>
        <p class="culprit foreign">
          {issue.status !== 'unresolved' && <span class={`status-word ${issue.status}`}>{issue.status}</span>}
          {issue.culprit}
          {issue.assignee && <span class="issue-assignee">{issue.assignee.name}</span>}
        </p>
      </div>
      <span class="issue-hours">
        <Sparkline hourly={issue.hourly} />
        <Direction issue={issue} />
      </span>
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

function Tick({ issue, isSelected, onSelect }: { issue: IssueSummary } & Selectable) {
  return (
    <input
      class="tick"
      type="checkbox"
      aria-label={`Select ${issue.title}`}
      checked={isSelected}
      onClick={(event) => onSelect(event.shiftKey)}
    />
  );
}

/** Only what stands out. */
function Direction({ issue }: { issue: IssueSummary }) {
  const { kind, words } = trend(issue, now.value);
  if (kind !== 'worse' && kind !== 'fading') return null;
  return (
    <span class={`trend-${kind}`} title={words}>
      <Icon name={kind} />
      <span class="off-screen">{words}</span>
    </span>
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
