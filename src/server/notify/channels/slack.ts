import type { ActionsBlock, Button, KnownBlock, RichTextBlock, PlainTextElement, SectionBlock } from '@slack/types';
import type { ToldIssue } from '../../../protocol/notices.ts';
import { factsOf, json, moreOf, placeOf, recordFactsOf, recordLineOf, trailOf, type Channel } from './channel.ts';

/** Slack cuts off what is longer. https://docs.slack.dev/reference/block-kit/blocks/header-block */
const maxHeader = 150;
const maxText = 2_900;

const plain = (text: string, max = maxText): PlainTextElement => ({
  type: 'plain_text',
  text: text.slice(0, max) || ' ',
  emoji: false,
});
const section = (text: string): SectionBlock => ({ type: 'section', text: plain(text) });

const button = (text: string, url: string): Button => ({ type: 'button', text: plain(text), url });

/**
 * An incoming webhook of Slack. What came from a page stands in `plain_text` and `rich_text`, where nothing is markup and
 * nobody can be mentioned; only the fallback line needs escaping.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export const slack: Channel = (notice, { url }) =>
  json(url, {
    text: escape(notice.headline),
    blocks: [
      { type: 'header', text: plain(notice.headline, maxHeader) },
      ...notice.issues.flatMap((issue) => blocksOf(issue, notice.issues.length > 1)),
      ...(notice.records ?? []).map((record) => ({
        ...section(`${recordLineOf(record)}\n${recordFactsOf(record)}`),
        accessory: button('Open', record.link),
      })),
      ...(notice.more > 0 ? [section(moreOf(notice))] : []),
      { type: 'context', elements: [plain(`${notice.project.name} · ${notice.rule}`)] },
    ] satisfies KnownBlock[],
  });

function blocksOf(issue: ToldIssue, isOneOfMany: boolean): KnownBlock[] {
  if (isOneOfMany) {
    return [{ ...section(`${issue.title}\n${factsOf(issue)}`), accessory: button('Open', issue.link) }];
  }
  const preformatted = [placeOf(issue), ...trailOf(issue)].filter(Boolean).join('\n').slice(0, maxText);
  const details: RichTextBlock = {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: preformatted }] }],
  };
  const buttons: ActionsBlock = {
    type: 'actions',
    elements: [
      { ...button('Open', issue.link), style: 'primary' },
      button('Resolve …', issue.resolveLink),
      button('Snooze …', issue.snoozeLink),
    ],
  };
  return [section(factsOf(issue)), ...(preformatted ? [details] : []), buttons];
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
