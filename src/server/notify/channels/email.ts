import type { Notice, ToldIssue } from '../../../protocol/notices.ts';
import { factsOf, moreOf, placeOf, trailOf } from './channel.ts';

/** A mail as nodemailer takes it. */
export interface NoticeMail {
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** One thread for one issue. */
  references: string;
  inReplyTo: string;
  list: { id: { url: string; comment: string } };
  headers: Record<string, string>;
}

/** Puts a notice into a mail. `domain` is the host name that the ids end with. */
export function email(notice: Notice, domain: string): NoticeMail {
  const { project, issues } = notice;
  const thread = `<${issues.length === 1 ? `issue-${issues[0]?.id}` : `project-${project.id}`}.pagefault@${domain}>`;
  return {
    subject: `[${project.name}] ${notice.headline}`.slice(0, 200),
    text: textOf(notice),
    html: htmlOf(notice),
    messageId: `<${notice.id}.pagefault@${domain}>`,
    references: thread,
    inReplyTo: thread,
    list: { id: { url: `project-${project.id}.pagefault.${domain}`, comment: project.name } },
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

function textOf(notice: Notice): string {
  const parts = notice.issues.map((issue) =>
    [
      issue.title,
      factsOf(issue),
      `  ${placeOf(issue)}`,
      ...trailOf(issue).map((line) => `  - ${line}`),
      `Open:    ${issue.link}`,
      `Resolve: ${issue.resolveLink}`,
      `Snooze:  ${issue.snoozeLink}`,
    ].join('\n'),
  );
  const end = `-- \nRule "${notice.rule}" of ${notice.project.name}: ${notice.link}`;
  return [notice.headline, ...parts, ...(notice.more > 0 ? [moreOf(notice)] : []), end].join('\n\n');
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that is put in is escaped; what another `html` made is put in as it is. */
function html(strings: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  const put = (value: string | Html | Html[]): string => {
    if (Array.isArray(value)) return value.map(put).join('');
    return typeof value === 'string' ? value.replaceAll(/[&<>"']/g, (letter) => escapes[letter] ?? '') : value.html;
  };
  return { html: strings.reduce((all, each, index) => all + put(values[index - 1] ?? '') + each) };
}
interface Html {
  html: string;
}

/** Mail programs know tables and inline styles, and little else. */
const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const mono = "font-family:ui-monospace,'SF Mono',Menlo,Consolas,monospace";

function htmlOf(notice: Notice): string {
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="color-scheme" content="light dark" />
        <title>${notice.headline}</title>
      </head>
      <body style="margin:0;padding:24px 12px;background:#f4f4f2;color:#1c1d1f;${font};font-size:15px;line-height:1.5">
        <table
          role="presentation"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          style="max-width:640px;margin:0 auto;background:#ffffff;border:1px solid #e1e1dd;border-radius:8px"
        >
          <tr>
            <td style="padding:20px 24px 4px">
              <h1 style="margin:0;font-size:18px;line-height:1.35">${notice.headline}</h1>
            </td>
          </tr>
          ${notice.issues.map((issue) => issueHtml(issue, notice.issues.length > 1))}
          ${
            notice.more > 0
              ? html`<tr>
                  <td style="padding:4px 24px">${moreOf(notice)}</td>
                </tr>`
              : ''
          }
          <tr>
            <td style="padding:16px 24px 20px;color:#5f6368;font-size:13px">
              Rule “${notice.rule}” of <a href="${notice.link}" style="color:#5f6368">${notice.project.name}</a>
            </td>
          </tr>
        </table>
      </body>
    </html>`;
  return body.html;
}

function issueHtml(issue: ToldIssue, isOneOfMany: boolean): Html {
  const trail = trailOf(issue).map((line) => html`<br />${line}`);
  const place = html`<div
    style="margin:8px 0;padding:10px 12px;background:#f4f4f2;border-radius:6px;${mono};font-size:13px;overflow-wrap:anywhere"
  >
    <strong>${placeOf(issue)}</strong>${trail}
  </div>`;
  return html`<tr>
    <td style="padding:8px 24px">
      ${isOneOfMany ? html`<div><a href="${issue.link}" style="color:#1a4fb4;font-weight:600">${issue.title}</a></div>` : ''}
      <div style="color:#5f6368;font-size:14px">${factsOf(issue)}</div>
      ${isOneOfMany ? '' : place}
      ${
        isOneOfMany
          ? ''
          : html`<div style="padding:4px 0">
              <a
                href="${issue.link}"
                style="display:inline-block;padding:8px 14px;background:#1a4fb4;color:#ffffff;border-radius:6px;text-decoration:none"
                >Open the issue</a
              >
              &nbsp; <a href="${issue.resolveLink}" style="color:#1a4fb4">Resolve …</a> &nbsp;
              <a href="${issue.snoozeLink}" style="color:#1a4fb4">Snooze …</a>
            </div>`
      }
    </td>
  </tr>`;
}
