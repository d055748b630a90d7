import type { RESTPostAPIWebhookWithTokenJSONBody } from 'discord-api-types/v10';
import type { Level } from '../../../protocol/event.ts';
import type { Notice } from '../../../protocol/notices.ts';
import { factsOf, json, moreOf, placeOf, recordFactsOf, recordLineOf, trailOf, type Channel } from './channel.ts';

/** Discord refuses what is longer. https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const maxTitle = 256;
const maxDescription = 1_000;

const colours: Partial<Record<Level, number>> = { critical: 0xb3261e, error: 0xd93f3f, warning: 0xd98e04 };

/** A webhook of Discord. Nobody is mentioned, whatever a page wrote, and its text stands as it is. */
export const discord: Channel = (notice, { url }) =>
  json(url, {
    content: escape(notice.headline).slice(0, 1_900),
    allowed_mentions: { parse: [] },
    embeds: shownOf(notice).map(({ title, link, level, lines }) => ({
      title: escape(title).slice(0, maxTitle),
      url: link,
      color: colours[level] ?? 0x6b7280,
      description: lines.filter(Boolean).map(escape).join('\n').slice(0, maxDescription),
      footer: { text: [notice.project.name, moreOf(notice)].filter(Boolean).join(' · ').slice(0, 2_000) },
    })),
  } satisfies RESTPostAPIWebhookWithTokenJSONBody);

function shownOf({ issues, records = [] }: Notice) {
  return [
    ...issues.map((issue) => ({ ...issue, lines: [factsOf(issue), placeOf(issue), ...trailOf(issue)] })),
    ...records.map((record) => ({ ...record, title: recordLineOf(record), lines: [recordFactsOf(record)] })),
  ];
}

const escape = (text: string) => text.replaceAll(/[\\*_~`|>#[\]()<@:-]/g, '\\$&');
