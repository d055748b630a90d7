import type { Notice, ToldIssue, ToldRecord } from '../../../protocol/notices.ts';
import { factsOf, moreOf, placeOf, recordFactsOf, recordLineOf, trailOf } from './channel.ts';

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
  const lines = (notice.records ?? []).map((record) =>
    [recordLineOf(record), recordFactsOf(record), `Open: ${record.link}`].join('\n'),
  );
  const end = `-- \nRule "${notice.rule}" of ${notice.project.name}: ${notice.link}`;
  return [notice.headline, ...parts, ...lines, ...(notice.more > 0 ? [moreOf(notice)] : []), end].join('\n\n');
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

/** Mail programs know tables and inline styles; some know more, and turn the colours for who reads in the dark. */
const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const mono = "font-family:ui-monospace,'SF Mono',Menlo,Consolas,monospace";
const link = 'color:#1a4fb4';
const soft = 'color:#5f6368';
const inTheDark = html`<style>
  @media (prefers-color-scheme: dark) {
    .ground {
      background: #17181a !important;
      color: #e6e6e3 !important;
    }
    .paper {
      background: #222427 !important;
      border-color: #3a3d41 !important;
    }
    .code {
      background: #17181a !important;
    }
    .soft {
      color: #a5a9ae !important;
    }
    .link {
      color: #9dbdf7 !important;
    }
  }
</style>`;

function htmlOf(notice: Notice): string {
  const { issues } = notice;
  const isMany = issues.length > 1;
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>${notice.headline}</title>
        ${inTheDark}
      </head>
      <body
        class="ground"
        style="margin:0;padding:24px 12px;background:#f4f4f2;color:#1c1d1f;${font};font-size:15px;line-height:1.5"
      >
        <table
          role="presentation"
          class="paper"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          style="table-layout:fixed;max-width:640px;margin:0 auto;background:#ffffff;border:1px solid #e1e1dd;border-radius:8px;word-break:break-word;overflow-wrap:anywhere"
        >
          <tr>
            <td style="padding:20px 24px 4px">
              <h1 style="margin:0;font-size:18px;line-height:1.35">${notice.headline}</h1>
            </td>
          </tr>
          ${issues.map((issue) => row(isMany ? shortIssue(issue) : wholeIssue(issue)))}
          ${(notice.records ?? []).map((record) => row(lineOf(record)))}
          ${issues.length + (notice.records ?? []).length === 0 ? row(open(notice)) : ''}
          ${notice.more > 0 ? row(html`${moreOf(notice)}`) : ''}
          <tr>
            <td class="soft" style="padding:16px 24px 20px;${soft};font-size:13px">
              Rule “${notice.rule}” of <a href="${notice.link}" class="soft" style="${soft}">${notice.project.name}</a>
            </td>
          </tr>
        </table>
      </body>
    </html>`;
  return body.html;
}

const row = (content: Html) =>
  html`<tr>
    <td style="padding:8px 24px">${content}</td>
  </tr>`;

const facts = (issue: ToldIssue) => html`<div class="soft" style="${soft};font-size:14px">${factsOf(issue)}</div>`;

const shortIssue = (issue: ToldIssue) =>
  html`<div><a href="${issue.link}" class="link" style="${link};font-weight:600">${issue.title}</a></div>
    ${facts(issue)}`;

const open = (notice: Notice) =>
  html`<a href="${notice.link}" class="link" style="${link}">Open ${notice.project.name} in Pagefault</a>`;

const lineOf = (record: ToldRecord) =>
  html`<div
      class="code"
      style="margin:4px 0 6px;padding:10px 12px;background:#f4f4f2;border-radius:6px;${mono};font-size:13px"
    >
      <div class="soft" style="${soft}">${record.level} ${record.logger}</div>
      <div><strong>${record.text}</strong></div>
    </div>
    <div class="soft" style="${soft};font-size:14px">
      ${recordFactsOf(record)} · <a href="${record.link}" class="link" style="${link}">Open in the logs</a>
    </div>`;

function wholeIssue(issue: ToldIssue): Html {
  const { line, culprit } = issue;
  const place = line ? `${line.file}:${line.number}` : culprit;
  const trail = trailOf(issue).map((text) => html`<div>${text}</div>`);
  const choice = (words: string, href: string) =>
    html`<a href="${href}" class="link" style="display:inline-block;padding:8px 16px 8px 0;${link}">${words}</a>`;
  return html`${facts(issue)}
    <div
      class="code"
      style="margin:10px 0;padding:10px 12px;background:#f4f4f2;border-radius:6px;${mono};font-size:13px"
    >
      <div class="soft" style="${soft}">${place}</div>
      ${line?.text ? html`<div><strong>${line.text}</strong></div>` : ''}
    </div>
    ${
      trail.length > 0
        ? html`<div class="soft" style="margin:0 0 10px;${soft};${mono};font-size:13px">
            <div>Before that:</div>
            ${trail}
          </div>`
        : ''
    }
    <div style="padding:4px 0">
      <a
        href="${issue.link}"
        style="display:inline-block;padding:8px 14px;margin:0 8px 4px 0;background:#1a4fb4;color:#ffffff;border-radius:6px;text-decoration:none"
        >Open the issue</a
      >${choice('Resolve …', issue.resolveLink)}${choice('Snooze …', issue.snoozeLink)}
    </div>`;
}
