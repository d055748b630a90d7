import { createHash } from 'node:crypto';
import { batchVersion } from '../protocol/batch.ts';

/** What browsers send by themselves to the endpoint that `Reporting-Endpoints` names. */
export const reportsContentType = 'application/reports+json';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const reasons: Record<string, string> = { oom: 'out of memory', unresponsive: 'page did not respond' };

function parse(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

/** The browser tries again until it is answered, each time with another age: the rest makes the id. */
function idOf(report: Fields, happenedAt: number, hasSession: boolean): string {
  const what = JSON.stringify([report['url'], report['body'], hasSession || Math.round(happenedAt / 60_000)]);
  return createHash('sha256').update(what).digest('base64url').slice(0, 32);
}

/** What the reporter left in `window.crashReport` says what happened before. */
function batchOf(report: Fields, receivedAt: number): unknown {
  const body = isFields(report['body']) ? report['body'] : {};
  const notes = isFields(body['crash_report_api']) ? parse(body['crash_report_api']['pagefault']) : undefined;
  const { release, environment, session, events, trail = [] } = isFields(notes) ? notes : {};
  const at = receivedAt - Math.max(0, Number(report['age']) || 0);
  const crash = {
    id: idOf(report, at, session !== undefined),
    at,
    mechanism: 'crash',
    level: 'critical',
    message: reasons[String(body['reason'])] ?? 'tab crashed',
    trail: [0, Array.isArray(trail) ? trail.length : 0],
    extra: { events, stack: body['stack'] },
  };
  return {
    version: batchVersion,
    sdk: { name: 'browser', version: '' },
    sentAt: receivedAt,
    release,
    environment,
    session,
    page: { url: report['url'], visibility: body['visibility_state'] },
    trail,
    events: [crash],
  };
}

/** Tabs that crashed, as batches with one event each. What else browsers report is nothing that broke. */
export function batchesOfReports(text: unknown, receivedAt: number): unknown[] {
  const reports = parse(text);
  if (!Array.isArray(reports)) return [];
  return reports
    .filter((report): report is Fields => isFields(report) && report['type'] === 'crash')
    .map((report) => batchOf(report, receivedAt));
}
