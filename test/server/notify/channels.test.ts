import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type * as cards from 'adaptivecards';
import type { ChannelSettings, Notice } from '../../../src/protocol/notices.ts';
import { discord } from '../../../src/server/notify/channels/discord.ts';
import { email } from '../../../src/server/notify/channels/email.ts';
import { pagerduty } from '../../../src/server/notify/channels/pagerduty.ts';
import { slack } from '../../../src/server/notify/channels/slack.ts';
import { teams } from '../../../src/server/notify/channels/teams.ts';

// Its other entry imports files without their extensions, which Node does not find.
const { AdaptiveCard, SerializationContext } = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
) as typeof cards;

const evil = '<!channel> @everyone <@U1> [click](https://evil.example) *bold* `x` <at>all</at>';

const notice: Notice = {
  id: 'pf_1_1',
  at: Date.UTC(2026, 10, 21),
  project: { id: '1', name: 'Shop' },
  rule: 'New ones',
  kind: 'new',
  headline: `New: ${evil}`,
  issues: [
    {
      id: '7',
      number: 3,
      title: evil,
      culprit: 'addToCart (src/cart.ts)',
      level: 'error',
      events: 1_200,
      users: 2,
      release: '1.4.2',
      browser: 'Firefox 140.0',
      os: 'Linux',
      page: '/cart',
      line: { file: 'src/cart.ts', number: 12, text: 'total.toFixed(2)' },
      breadcrumbs: [{ kind: 'click', text: evil }],
      link: 'https://pagefault.example/issues/7',
      resolveLink: 'https://pagefault.example/issues/7?ask=resolve',
      snoozeLink: 'https://pagefault.example/issues/7?ask=snooze',
    },
  ],
  more: 0,
  link: 'https://pagefault.example/issues/7',
};
const long: Notice = {
  ...notice,
  headline: 'h'.repeat(5_000),
  issues: Array.from({ length: 5 }, () => ({ ...notice.issues[0]!, title: 't'.repeat(5_000) })),
  more: 1_000,
};
const line = {
  level: 'error' as const,
  logger: evil,
  text: evil,
  count: 3,
  release: null,
  environment: 'test',
  page: '/',
};
const ofRecords: Notice = {
  ...{ ...notice, issues: [] },
  records: [{ id: 'r-1', at: 0, ...line, link: 'https://pagefault.example/logs?record=r-1' }],
};
const settings: ChannelSettings = { name: 'x', kind: 'slack', url: 'https://hooks.example/x', secret: 'key' };
const bodyOf = (request: { body: string }) => JSON.parse(request.body) as Record<string, unknown>;

/** Every object of a JSON document. */
function* objectsOf(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  yield value as Record<string, unknown>;
  for (const each of Object.values(value)) yield* objectsOf(each);
}

test('Slack shows text of a page as text, within its limits', () => {
  for (const each of [notice, long, ofRecords]) {
    const body = bodyOf(slack(each, settings, 0));
    assert.doesNotMatch(String(body['text']), /[<>]/);
    const objects = [...objectsOf(body['blocks'])];
    assert.ok(!objects.some(({ type }) => type === 'mrkdwn'));
    for (const { type, text } of objects) if (type === 'plain_text') assert.ok(String(text).length <= 3_000);
    const header = objects.find(({ type }) => type === 'header') as { text: { text: string } };
    assert.ok(header.text.text.length <= 150);
    assert.ok((body['blocks'] as unknown[]).length <= 50);
  }
  const urls = [...objectsOf(bodyOf(slack(notice, settings, 0)))].flatMap(({ url }) => url ?? []);
  assert.deepEqual(urls, [notice.link, notice.issues[0]?.resolveLink, notice.issues[0]?.snoozeLink]);
});

test('Discord mentions nobody and shows markup as it was written', () => {
  const body = bodyOf(discord(notice, settings, 0));
  assert.deepEqual(body['allowed_mentions'], { parse: [] });
  assert.match(String(body['content']), /\\\[click\\\]\\\(https/);
  assert.match(String(body['content']), /\\@everyone/);
  assert.match(JSON.stringify(bodyOf(discord(ofRecords, settings, 0))['embeds']), /error .*\\\\\[click\\\\\]/);
  for (const embed of bodyOf(discord(long, settings, 0))['embeds'] as { title: string; description: string }[]) {
    assert.ok(embed.title.length <= 256 && embed.description.length <= 4_096);
  }
});

test('Teams gets an adaptive card whose text knows no markup', () => {
  const body = bodyOf(teams(notice, settings, 0));
  const [attachment] = body['attachments'] as { contentType: string; content: Record<string, unknown> }[];
  assert.equal(attachment?.contentType, 'application/vnd.microsoft.card.adaptive');
  assert.equal(attachment.content['version'], '1.4');
  const objects = [...objectsOf(attachment.content['body'])];
  assert.ok(!objects.some(({ type }) => type === 'TextBlock'));
  assert.ok(objects.some(({ type, text }) => type === 'TextRun' && String(text).includes('<at>all</at>')));
});

test('the library of Adaptive Cards reads the card of Teams without a complaint', () => {
  for (const each of [notice, long, ofRecords, { ...notice, issues: [] }]) {
    const { attachments } = bodyOf(teams(each, settings, 0)) as { attachments: { content: object }[] };
    const [card, context] = [new AdaptiveCard(), new SerializationContext()];
    card.parse(attachments[0]?.content, context);
    const problems = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i)?.message);
    const invalid = card.validateProperties().validationEvents.map(({ message }) => message);
    assert.deepEqual([problems, invalid], [[], []]);
    assert.equal(card.version.label, '1.4');
    assert.ok(card.getItemCount() > 1 && card.getActionCount() > 0);
  }
});

test('PagerDuty opens an incident for an issue, and closes the same one', () => {
  const opened = bodyOf(pagerduty(notice, { name: 'x', kind: 'pagerduty', secret: 'key' }, 0));
  const closed = bodyOf(
    pagerduty({ ...notice, kind: 'recovered' }, { name: 'x', kind: 'pagerduty', secret: 'key' }, 0),
  );
  assert.equal(opened['event_action'], 'trigger');
  assert.equal(closed['event_action'], 'resolve');
  assert.equal(opened['dedup_key'], closed['dedup_key']);
  assert.equal(opened['routing_key'], 'key');
  const { severity, source, summary, timestamp } = opened['payload'] as Record<string, string>;
  assert.deepEqual([severity, source, timestamp], ['error', 'Shop', '2026-11-21T00:00:00.000Z']);
  assert.equal(summary, notice.headline);
});

test('a mail names the failing line, the trail and the facts in both of its forms', () => {
  const mail = email(notice, 'pagefault.example');
  for (const form of [mail.text, mail.html]) {
    assert.match(form, /src\/cart\.ts:12\s[^]*total\.toFixed\(2\)|src\/cart\.ts:12<[^]*>total\.toFixed\(2\)</);
    assert.match(form, /1,200 events · 2 users · release 1\.4\.2 · Firefox 140\.0 on Linux · \/cart/);
    assert.match(form, /click: /);
  }
  assert.doesNotMatch(mail.html, /<!channel>|<at>/);
  assert.doesNotMatch(email(long, 'pagefault.example').subject, /[\r\n]/);
});
