import { useEffect } from 'preact/hooks';
import { connection, followReports, reports, type Connection, type Report } from './reports.ts';

const states: Record<Connection, string> = {
  connecting: 'Connecting …',
  'signed-out': 'Not signed in',
  open: 'Live',
  lost: 'Connection lost, trying again',
};

export function ReportList() {
  useEffect(() => void followReports(), []);
  const state = connection.value;
  return (
    <section class="reports" aria-labelledby="reports-title">
      <h2 id="reports-title">Arriving reports</h2>
      <p class={`state state-${state}`} role="status">
        {states[state]}
      </p>
      {state === 'signed-out' && <SignIn />}
      {state === 'open' && !reports.value.length && <p class="empty">Nothing yet. Break something.</p>}
      <Lines />
    </section>
  );
}

function SignIn() {
  return (
    <p class="empty">
      Reports are shown to people who are signed in. <a href="/sign-in?next=/demo/">Sign in</a>, or open the link that
      the collector printed when it started. What you break meanwhile is kept.
    </p>
  );
}

function Lines() {
  return (
    <ol>
      {reports.value.map((report) => (
        <Line key={report.key} report={report} />
      ))}
    </ol>
  );
}

function Line({ report }: { report: Report }) {
  const time = new Date(report.at);
  return (
    <li class={report.live ? 'report live' : 'report'}>
      <a href={report.href}>
        <span class="report-title">{report.title}</span>
        <span class="report-facts">
          <time dateTime={time.toISOString()}>{time.toLocaleTimeString()}</time> · {report.remark}
        </span>
      </a>
    </li>
  );
}
