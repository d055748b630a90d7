import type { ToldIssue } from '../../../protocol/notices.ts';
import { factsOf, json, moreOf, placeOf, recordFactsOf, recordLineOf, trailOf, type Channel } from './channel.ts';

/**
 * A workflow of Microsoft Teams that posts the adaptive card of a webhook request. Text stands in text runs, which know no
 * Markdown. https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
 */
export const teams: Channel = (notice, { url }) =>
  json(url, {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            run(notice.headline, { weight: 'Bolder', size: 'Medium' }),
            ...notice.issues.flatMap((issue) => describe(issue, notice.issues.length > 1)),
            ...(notice.records ?? []).flatMap((record) => [
              run(recordLineOf(record), { weight: 'Bolder' }),
              run(recordFactsOf(record)),
            ]),
            ...(notice.more > 0 ? [run(moreOf(notice))] : []),
            run(`${notice.project.name} · ${notice.rule}`, { isSubtle: true }),
          ],
          actions: actionsOf(notice.issues, notice.link),
        },
      },
    ],
  });

const run = (text: string, style: Record<string, unknown> = {}) => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text: text || ' ', ...style }],
});

function describe(issue: ToldIssue, isOneOfMany: boolean) {
  if (isOneOfMany) return [run(issue.title, { weight: 'Bolder' }), run(factsOf(issue))];
  const details = [placeOf(issue), ...trailOf(issue)].filter(Boolean);
  return [run(factsOf(issue)), ...details.map((text) => run(text, { fontType: 'Monospace' }))];
}

function actionsOf(issues: ToldIssue[], link: string) {
  const open = (title: string, url: string) => ({ type: 'Action.OpenUrl', title, url });
  const [issue] = issues;
  if (!issue || issues.length > 1) return [open('Open', link)];
  return [open('Open', issue.link), open('Resolve …', issue.resolveLink), open('Snooze …', issue.snoozeLink)];
}
