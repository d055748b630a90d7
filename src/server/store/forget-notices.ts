import type { Notice } from '../../protocol/notices.ts';
import type { Database } from './database.ts';

/**
 * What people were told of an issue may have told of one user: titles, breadcrumbs, addresses of pages. Nobody notes of
 * which event it was, so all of it goes, and the log keeps that something was told, and when. In a transaction.
 */
export function forgetNotices(database: Database, issueId: number): void {
  const title = String(database.get('SELECT title FROM issues WHERE id = ?', issueId)?.['title'] ?? '');
  database.run('DELETE FROM transitions WHERE issue_id = ?', issueId);
  const rows = database.all(
    `SELECT id, notice FROM deliveries WHERE EXISTS
     (SELECT 1 FROM json_each(notice, '$.issues') WHERE value ->> '$.id' = ?)`,
    String(issueId),
  );
  for (const { id = 0, notice } of rows) {
    const without = withoutDetails(JSON.parse(String(notice)) as Notice, String(issueId), title);
    database.run(
      "UPDATE deliveries SET notice = ?, request = '', answer = '' WHERE id = ?",
      JSON.stringify(without),
      Number(id),
    );
  }
}

function withoutDetails(notice: Notice, issueId: string, title: string): Notice {
  const told = notice.issues.find(({ id }) => id === issueId)?.title ?? '';
  return {
    ...notice,
    headline: told ? notice.headline.replaceAll(told, () => title) : notice.headline,
    issues: notice.issues.map((issue) =>
      issue.id === issueId ? { ...issue, title, page: '', breadcrumbs: [], line: null } : issue,
    ),
  };
}

/** What people were told of the log records of one user; before these are deleted. In a transaction. */
export function forgetNoticesOfRecords(database: Database, project: number, user: number): void {
  const rows = database.all(
    `SELECT DISTINCT deliveries.id, notice FROM deliveries, json_each(notice, '$.records') AS told
     JOIN log_records ON log_records.project_id = deliveries.project_id AND log_records.id = told.value ->> '$.id'
     JOIN log_contexts ON log_contexts.id = context_id
     WHERE deliveries.project_id = ? AND user = ?`,
    project,
    user,
  );
  for (const { id = 0, notice: json } of rows) {
    const notice = JSON.parse(String(json)) as Notice;
    const headline = notice.kind === 'roll-up' ? notice.headline : '(deleted with the user that it happened to)';
    database.run(
      "UPDATE deliveries SET notice = ?, request = '', answer = '' WHERE id = ?",
      JSON.stringify({ ...notice, headline, records: [] } satisfies Notice),
      Number(id),
    );
  }
}
