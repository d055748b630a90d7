import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Webhook } from 'standardwebhooks';
import type { IssueList } from '../../../src/protocol/api.ts';
import type {
  Channel,
  ChannelSettings,
  Delivery,
  Rule,
  RuleSettings,
  RuleTrial,
} from '../../../src/protocol/notices.ts';
import type { CollectorOptions } from '../../../src/server/index.ts';
import { batch, batchEvent, send } from '../../helpers/batches.ts';
import { startCollector, type TestCollector } from '../../helpers/collector.ts';
import { until } from '../../helpers/until.ts';
import { startHttpReceiver, startMailReceiver } from './receivers.ts';

const ruleSettings = (fields: Partial<RuleSettings>): RuleSettings => ({
  name: 'Tell me',
  trigger: { kind: 'new' },
  filter: {},
  channels: [],
  pace: 'now',
  atMostEvery: 0,
  quiet: null,
  timeZone: 'UTC',
  isEnabled: true,
  ...fields,
});

const post = <T>(collector: TestCollector, path: string, body: unknown = {}, method = 'POST') =>
  collector.api<T>(path, { method, body: JSON.stringify(body) });

const addChannel = (collector: TestCollector, settings: ChannelSettings) =>
  post<Channel>(collector, '/api/channels', settings);
const addRule = (collector: TestCollector, settings: Partial<RuleSettings>) =>
  post<Rule>(collector, '/api/projects/1/rules', ruleSettings(settings));

const outOfStock = (fields: Parameters<typeof batchEvent>[0] = {}) =>
  batchEvent({ message: 'x', exceptions: [{ type: 'Error', value: 'Out of stock', stack: 0 }], ...fields });

async function start(t: TestContext, options: Partial<CollectorOptions> = {}) {
  const collector = await startCollector({ allowPrivateNetwork: true, ...options });
  const receiver = await startHttpReceiver();
  t.after(async () => {
    await collector.close();
    await receiver.close();
  });
  return { collector, receiver };
}

async function withWebhook(t: TestContext, rule: Partial<RuleSettings>) {
  const { collector, receiver } = await start(t);
  const channel = await addChannel(collector, {
    name: 'Hook',
    kind: 'webhook',
    url: receiver.url,
    secret: 'whsec_c2VjcmV0',
  });
  await addRule(collector, { ...rule, channels: [channel.id] });
  return { collector, receiver, channel };
}

test('a new issue is told to a webhook once, signed, with what is needed to begin', async (t) => {
  const { collector, receiver } = await withWebhook(t, {});
  const shared = {
    trail: [
      { at: Date.now(), kind: 'click' as const, text: 'button "Add to cart"' },
      { at: Date.now(), kind: 'request' as const, text: 'GET /api/stock 200' },
    ],
  };
  await send(collector.endpoint, batch([outOfStock({ trail: [0, 2], user: { id: 'ada' } })], shared));
  const [first] = await receiver.came(1);
  assert.ok(first);
  const { headers, json, text } = first;
  const standard = new Webhook('whsec_c2VjcmV0');
  assert.deepEqual(standard.verify(text, headers as Record<string, string>), json);
  assert.throws(() => standard.verify(text.replace('Out of stock', 'All is well'), headers as Record<string, string>));
  assert.equal(headers['idempotency-key'], headers['webhook-id']);
  assert.equal(json['headline'], 'New: Error: Out of stock');
  const [issue] = json['issues'] as Record<string, unknown>[];
  const { issues } = await collector.api<IssueList>('/api/issues');
  assert.equal(issue?.['link'], `${collector.url}/issues/${issues[0]?.id}`);
  assert.equal(issue?.['resolveLink'], `${collector.url}/issues/${issues[0]?.id}?ask=resolve`);
  assert.equal(issue?.['release'], '1.0.0');
  assert.equal(issue?.['browser'], 'Firefox 140.0');
  assert.deepEqual(issue?.['line'], { file: 'https://shop.example/shop.js', number: 12, text: '' });
  assert.deepEqual(
    (issue?.['breadcrumbs'] as { text: string }[]).map((one) => one.text),
    ['button "Add to cart"', 'GET /api/stock 200'],
  );
  await send(collector.endpoint, batch([outOfStock()]));
  // A second new issue comes after whatever the first would have been told again.
  await send(collector.endpoint, batch([outOfStock({ exceptions: [{ type: 'TypeError', value: 'No price' }] })]));
  await receiver.came(2);
  assert.deepEqual(
    receiver.received.map((one) => one.json['headline']),
    ['New: Error: Out of stock', 'New: TypeError: No price'],
  );
});

test('an issue that comes back, round numbers, users and releases are told', async (t) => {
  const { collector, receiver, channel } = await withWebhook(t, { trigger: { kind: 'regression' } });
  const channels = [channel.id];
  await addRule(collector, { trigger: { kind: 'count' }, channels });
  await addRule(collector, { trigger: { kind: 'users', users: 2 }, channels });
  await addRule(collector, { trigger: { kind: 'release' }, filter: { release: '2.*' }, channels });
  for (const user of ['ada', 'bob', 'cleo'])
    await send(collector.endpoint, batch([outOfStock({ user: { id: user } })]));
  assert.equal((await receiver.came(1))[0]?.json['headline'], '2 users: Error: Out of stock');
  await send(collector.endpoint, batch([outOfStock({ count: 20 })]));
  assert.equal((await receiver.came(2))[1]?.json['headline'], '10 times: Error: Out of stock');
  const { issues } = await collector.api<IssueList>('/api/issues');
  await post(collector, `/api/issues/${issues[0]?.id}`, { status: 'resolved' }, 'PATCH');
  await send(collector.endpoint, batch([outOfStock({ at: Date.now() + 1_000 })], { sentAt: Date.now() + 1_000 }));
  assert.equal((await receiver.came(3))[2]?.json['headline'], 'Back again: Error: Out of stock');
  await send(collector.endpoint, batch([outOfStock()], { release: '2.0.0' }));
  assert.equal((await receiver.came(4))[3]?.json['headline'], 'First event of release 2.0.0: Error: Out of stock');
});

test('filters leave out what is not asked for', async (t) => {
  const { collector, receiver } = await withWebhook(t, {
    filter: { level: 'error', environment: 'prod*', tag: { name: 'plan', value: 'pro' }, words: 'price' },
  });
  const noPrice = (fields: Parameters<typeof batchEvent>[0]) =>
    outOfStock({ exceptions: [{ type: 'TypeError', value: `No price ${String(fields?.message)}` }], ...fields });
  const tags = { plan: 'pro' };
  const production = { environment: 'production' };
  const sendOne = (event: ReturnType<typeof batchEvent>, fields = production) =>
    send(collector.endpoint, batch([event], fields));
  await sendOne(outOfStock({ tags }));
  await sendOne(noPrice({ message: 'alpha', fingerprint: ['alpha'] }));
  await sendOne(noPrice({ message: 'beta', fingerprint: ['beta'], tags, level: 'warning' }));
  await sendOne(noPrice({ message: 'gamma', fingerprint: ['gamma'], tags }), { environment: 'test' });
  await sendOne(noPrice({ message: 'delta', fingerprint: ['delta'], tags }));
  const [only] = await receiver.came(1);
  assert.equal(only?.json['headline'], 'New: TypeError: No price delta');
});

test('a rate that is passed is told once, and again when it is over', async (t) => {
  const { collector, receiver } = await withWebhook(t, {
    trigger: { kind: 'rate', events: 10, minutes: 1, of: 'project' },
  });
  for (let i = 0; i < 4; i++) await send(collector.endpoint, batch([outOfStock({ count: 5 })]));
  const [first] = await receiver.came(1);
  assert.equal(first?.json['headline'], 'More than 10 events: My site');
  const { alerts, looked } = await post<{ alerts: unknown[]; looked: number }>(
    collector,
    '/api/projects/1/rules/try',
    ruleSettings({ trigger: { kind: 'rate', events: 10, minutes: 1, of: 'issue' } }),
  );
  assert.equal(alerts.length, 1);
  assert.ok(looked > 0);
  assert.equal(receiver.received.length, 1);
});

test('an error rate is held against the visits that the site counts, and told once, and when it is over', async (t) => {
  const { collector, receiver, channel } = await withWebhook(t, {
    trigger: { kind: 'share', percent: 5, minutes: 1, floor: 100 },
    filter: { level: 'error' },
  });
  const visit = (body = '') => fetch(`${collector.endpoint}/visits`, { method: 'POST', body });
  const counted = (settings: Partial<RuleSettings>) =>
    post<RuleTrial>(collector, '/api/projects/1/rules/try', ruleSettings(settings));
  assert.equal((await visit('99')).status, 204);
  await send(collector.endpoint, batch([outOfStock({ count: 10 }), outOfStock({ count: 500, level: 'info' })]));
  // Ten of 99 visits are above, but of too few.
  await addRule(collector, {
    name: 'All',
    trigger: { kind: 'any' },
    filter: { words: 'last' },
    channels: [channel.id],
  });
  await send(
    collector.endpoint,
    batch([outOfStock({ exceptions: [{ type: 'Error', value: 'last' }], level: 'info' })]),
  );
  assert.equal((await receiver.came(1))[0]?.json['headline'], 'Error: last');
  assert.equal((await visit()).status, 204);
  const trial = () => counted({ trigger: { kind: 'share', percent: 5, minutes: 1, floor: 100 } });
  await until(async () => (await trial()).alerts[0]?.kind === 'share', trial);
  // What arrives makes the rules look at once.
  await send(collector.endpoint, batch([outOfStock({ level: 'info' })]));
  const [, above] = await receiver.came(2);
  assert.equal(above?.json['headline'], 'Error rate: 10 events for 100 visits of My site, more than 5');
  await visit('900');
  const [, , over] = await receiver.came(3);
  const below = /^Over: My site is below its limit again: [\d.]+ events for 100 visits, the limit is 5$/;
  assert.match(String(over?.json['headline']), below);
  assert.equal((await visit('-5')).status, 400);
  assert.equal((await visit('a lot of text'.repeat(20))).status, 413);
  assert.equal((await fetch(`${collector.url}/in/nobody/visits`, { method: 'POST' })).status, 401);
});

test('a search of the list tells the events that it finds, by their own values', async (t) => {
  const { collector, receiver } = await withWebhook(t, {
    trigger: { kind: 'search', search: 'is:unresolved browser:Safari tag:plan:pro "out of stock"' },
  });
  const safari = { browser: { name: 'Safari', version: '26.0' }, tags: { plan: 'pro' } };
  await send(
    collector.endpoint,
    batch([
      outOfStock({ tags: { plan: 'pro' } }),
      outOfStock({ ...safari, tags: { plan: 'free' } }),
      outOfStock({ ...safari, exceptions: [{ type: 'Error', value: 'No price' }] }),
    ]),
  );
  await send(collector.endpoint, batch([outOfStock(safari)]));
  const [only] = await receiver.came(1);
  assert.equal(only?.json['headline'], 'Error: Out of stock');
  const issue = (only?.json['issues'] as { events: number }[])[0];
  assert.equal(issue?.events, 3, 'the event of Safari came last');
  assert.equal(receiver.received.length, 1);
});

test('the first rule can be tried on the last day before there is a channel', async (t) => {
  const { collector } = await start(t);
  const tried = (trigger: RuleSettings['trigger'], filter: RuleSettings['filter'] = {}) =>
    post<RuleTrial>(collector, '/api/projects/1/rules/try', ruleSettings({ trigger, filter }));
  const kinds = async (...args: Parameters<typeof tried>) => (await tried(...args)).alerts.map(({ kind }) => kind);
  const at = Date.now();
  for (const user of ['ada', 'bob', 'cleo'])
    await send(collector.endpoint, batch([outOfStock({ user: { id: user }, count: 5 })]));
  const marker = outOfStock({ exceptions: [{ type: 'Error', value: 'No price' }], level: 'warning' });
  await send(collector.endpoint, batch([marker], { release: '2.0.0' }));
  await collector.waitForEvent(({ event }) => event.id === marker.id);
  const { issues } = await collector.api<IssueList>('/api/issues?query=stock');
  await post(collector, `/api/issues/${issues[0]?.id}`, { status: 'resolved' }, 'PATCH');
  const back = outOfStock({ at: at + 60_000 });
  await send(collector.endpoint, batch([back], { sentAt: at + 60_000 }));
  await collector.waitForEvent(({ event }) => event.id === back.id);
  assert.deepEqual(await kinds({ kind: 'new' }), ['new', 'new']);
  assert.deepEqual(await kinds({ kind: 'new' }, { level: 'error' }), ['new']);
  assert.deepEqual(await kinds({ kind: 'count' }), ['count']);
  assert.deepEqual(await kinds({ kind: 'users', users: 3 }), ['users']);
  assert.deepEqual(await kinds({ kind: 'regression' }), ['regression']);
  assert.deepEqual(await kinds({ kind: 'release' }, { release: '2.*' }), ['release']);
  assert.deepEqual(await kinds({ kind: 'search', search: 'level:warning price' }), ['search']);
  assert.deepEqual(await kinds({ kind: 'rate', events: 12, minutes: 5, of: 'issue' }), ['rate']);
});

test('a storm of new issues becomes a few notices that count them all', async (t) => {
  const { collector, receiver } = await withWebhook(t, {});
  const events = Array.from({ length: 300 }, (_, i) =>
    outOfStock({ fingerprint: [`storm ${i}`], exceptions: [{ type: 'Error', value: `Storm ${i}` }] }),
  );
  await send(collector.endpoint, batch(events));
  const told = () =>
    receiver.received.reduce((sum, { json }) => {
      const rolledUp = /^(\d+) alerts/.exec(String(json['headline']));
      return sum + (rolledUp ? Number(rolledUp[1]) : 1);
    }, 0);
  await until(() => told() >= 300, told);
  assert.equal(told(), 300);
  assert.ok(receiver.received.length <= 10, `${receiver.received.length} notices`);
});

test('quiet hours hold notices back', async (t) => {
  const hour = new Date().getUTCHours();
  const quiet = { from: hour, to: (hour + 2) % 24 };
  const { collector, receiver, channel } = await withWebhook(t, { quiet });
  await addRule(collector, { name: 'Awake', channels: [channel.id] });
  await send(collector.endpoint, batch([outOfStock()]));
  const [first] = await receiver.came(1);
  assert.equal(first?.json['rule'], 'Awake');
});

test('a receiver that fails is tried again, one that refuses is not, and the log shows both', async (t) => {
  const { collector, receiver, channel } = await withWebhook(t, {});
  receiver.statuses.push(503);
  await send(collector.endpoint, batch([outOfStock()]));
  await receiver.came(1);
  const log = () => collector.api<Delivery[]>('/api/projects/1/deliveries');
  await until(async () => (await log())[0]?.attempts === 1, log);
  const [waiting] = await log();
  assert.equal(waiting?.state, 'waiting');
  assert.match(waiting?.answer ?? '', /^503 thank you/);
  assert.match(waiting?.request ?? '', /Out of stock/);
  assert.ok((waiting?.at ?? 0) > Date.now());
  receiver.statuses.push(410);
  const tried = await post<Delivery>(collector, `/api/channels/${channel.id}/test`);
  assert.equal(tried.state, 'failed');
  assert.match(tried.answer, /^410/);
  await receiver.came(3);
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  assert.equal(ids[2], ids[0], 'the same id at every attempt');
  await until(async () => (await log()).some(({ state, attempts }) => state === 'sent' && attempts === 2), log);
});

test('notices do not go to addresses inside the network unless that is allowed', async (t) => {
  const { collector, receiver } = await start(t, { allowPrivateNetwork: false });
  const port = new URL(receiver.url).port;
  for (const host of [
    '127.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '169.254.169.254',
    '10.0.0.1',
    '0.0.0.0',
  ]) {
    const url = `http://${host}:${port}/`;
    const channel = await addChannel(collector, { name: host, kind: 'webhook', url, secret: 'x' });
    const tried = await post<Delivery>(collector, `/api/channels/${channel.id}/test`);
    assert.match(tried.answer, /is not an address of the public network/, host);
  }
  assert.equal(receiver.received.length, 0);
});

test('secrets of a channel are not shown, and stay when it is changed', async (t) => {
  const { collector, receiver } = await start(t);
  const channel = await addChannel(collector, {
    name: 'Hook',
    kind: 'webhook',
    url: receiver.url,
    secret: 'very-secret',
  });
  assert.equal(channel.secret, undefined);
  assert.equal(channel.url, `${new URL(receiver.url).origin}/…`);
  const changed = { name: 'Renamed', kind: 'webhook', url: channel.url ?? '' };
  await post(collector, `/api/channels/${channel.id}`, changed, 'PUT');
  const tried = await post<Delivery>(collector, `/api/channels/${channel.id}/test`);
  assert.equal(tried.state, 'sent');
  assert.doesNotMatch(JSON.stringify([await collector.api('/api/channels'), tried]), /very-secret|with-a-secret/);
});

test('a mail can be read in every program, is one thread for one issue, and carries no foreign header', async (t) => {
  const mailServer = await startMailReceiver();
  t.after(() => mailServer.close());
  const { collector } = await start(t, { mail: { url: mailServer.url, from: 'Pagefault <pagefault@shop.example>' } });
  const channel = await addChannel(collector, { name: 'Team', kind: 'email', to: ['team@shop.example'] });
  await addRule(collector, { channels: [channel.id] });
  await addRule(collector, { trigger: { kind: 'count' }, channels: [channel.id] });
  const value = 'Evil\r\nBcc: everybody@shop.example\r\n\r\n<script>alert(1)</script> & "more"';
  await send(collector.endpoint, batch([outOfStock({ exceptions: [{ type: 'Error', value, stack: 0 }] })]));
  const [first] = await mailServer.came(1);
  assert.ok(first);
  const header = (name: string) => first.headers.find(({ key }) => key === name)?.value;
  assert.match(first.subject ?? '', /^\[My site\] New: Error: Evil Bcc: everybody@shop\.example/);
  assert.equal(first.bcc, undefined);
  assert.equal(first.to?.[0]?.address, 'team@shop.example');
  assert.match(header('list-id') ?? '', /project-1\.pagefault\./);
  assert.equal(header('auto-submitted'), 'auto-generated');
  assert.doesNotMatch(first.html ?? '', /<script/);
  assert.match(first.html ?? '', /&lt;script&gt;alert\(1\)&lt;\/script&gt; &amp; &quot;more&quot;/);
  assert.match(first.text ?? '', /Resolve: http:\/\/127\.0\.0\.1:\d+\/issues\/1\?ask=resolve/);
  await send(collector.endpoint, batch([outOfStock({ count: 10, exceptions: [{ type: 'Error', value, stack: 0 }] })]));
  const [, second] = await mailServer.came(2);
  assert.equal(second?.inReplyTo, first.inReplyTo);
  assert.notEqual(second?.messageId, first.messageId);
});

test('an incident at PagerDuty is closed when its issue is resolved', async (t) => {
  const { collector, receiver } = await start(t);
  const url = receiver.url;
  const channel = await addChannel(collector, { name: 'On call', kind: 'pagerduty', url, secret: 'routing-key' });
  await addRule(collector, { channels: [channel.id] });
  await send(collector.endpoint, batch([outOfStock()]));
  const [opened] = await receiver.came(1);
  const { issues } = await collector.api<IssueList>('/api/issues');
  await post(collector, `/api/issues/${issues[0]?.id}`, { status: 'resolved' }, 'PATCH');
  const [, closed] = await receiver.came(2);
  assert.deepEqual([opened?.json['event_action'], closed?.json['event_action']], ['trigger', 'resolve']);
  assert.equal(closed?.json['dedup_key'], opened?.json['dedup_key']);
  assert.doesNotMatch(JSON.stringify(await collector.api('/api/projects/1/deliveries')), /routing-key/);
});

test('settings that make no sense are refused in words', async (t) => {
  const { collector } = await start(t);
  const refusal = (path: string, body: unknown) =>
    assert.rejects(post(collector, path, body), (error: Error) => {
      assert.match(error.message, /: 400 /);
      return true;
    });
  await refusal('/api/projects/1/rules', ruleSettings({ channels: ['99'] }));
  await refusal('/api/projects/1/rules', ruleSettings({ timeZone: 'Middle/Earth' }));
  await refusal('/api/projects/1/rules', ruleSettings({ trigger: { kind: 'any' } }));
  await refusal('/api/projects/1/rules', ruleSettings({ trigger: { kind: 'search', search: ' : ' } }));
  await refusal('/api/channels', { name: 'x', kind: 'slack' });
  await refusal('/api/channels', { name: 'x', kind: 'slack', url: 'javascript:alert(1)' });
  await refusal('/api/channels', { name: 'x', kind: 'email', to: ['a@b.example\r\nBcc: c@d.example'] });
});
