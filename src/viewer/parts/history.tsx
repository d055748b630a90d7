import { useState } from 'preact/hooks';
import type { IssueDetail, IssueMatches } from '../../protocol/api.ts';
import { Chart } from './chart.tsx';

const hourMs = 3_600_000;
const spans = {
  hourly: { word: '24 hours', stepMs: hourMs },
  daily: { word: '30 days', stepMs: 24 * hourMs },
};

interface HistoryProps {
  issue: IssueDetail;
  /** Of its events those that fit the filter. */
  matches: IssueMatches | undefined;
}

/** When it happened. */
export function History({ issue, matches }: HistoryProps) {
  const isYoung = issue.lastSeen - issue.firstSeen < 24 * hourMs;
  const [span, setSpan] = useState<keyof typeof spans>(isYoung ? 'hourly' : 'daily');
  const { word, stepMs } = spans[span];
  return (
    <section class="panel">
      <div class="section-head">
        <h2>Events</h2>
        <div class="chips" role="group" aria-label="Time span">
          {(['hourly', 'daily'] as const).map((each) => (
            <button key={each} type="button" class="chip" aria-pressed={each === span} onClick={() => setSpan(each)}>
              {spans[each].word}
            </button>
          ))}
        </div>
      </div>
      <Chart
        key={span}
        counts={(matches ?? issue)[span]}
        stepMs={stepMs}
        label={`Events over the last ${word}`}
        marks={issue.releases.map(({ name, firstSeen }) => ({ name, at: firstSeen }))}
      />
    </section>
  );
}
