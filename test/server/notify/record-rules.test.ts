import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Batch } from '../../../src/protocol/batch.ts';
import type { LogRecord } from '../../../src/protocol/log-record.ts';
import type { Channel, Delivery, Notice, Rule, RuleSettings, RuleTrial } from '../../../src/protocol/notices.ts';
import { batch, batchEvent, logRecord, send } from '../../helpers/batches.ts';
import { startCollector } from '../../helpers/collector.ts';
import { startHttpReceiver, startMailReceiver } from './receivers.ts';

async function start(t: TestContext) {
  const [receiver, mailServer] = [await startHttpReceiver(), await startMailReceiver()];
  const mail = { url: mailServer.url, from: 'Pagefault <pagefault@shop.example>' };
  const collector = await startCollector({ allowPrivateNetwork: true, mail });
  t.after(async () => {
    await collector.close();
    await receiver.close();
    await mailServer.close();
  });
  const post = <T>(path: string, body: unknown) =>
    collector.api<T>(path, { method: 'POST', body: JSON.stringify(body) });
  const settings = (search: string, fields: Partial<RuleSettings> = {}): RuleSettings => ({
    ...{ name: 'Cards', trigger: { kind: 'search', search, in: 'records' }, filter: {}, channels: ['1'], pace: 'now' },
    ...{ atMostEvery: 0, quiet: null, timeZone: 'UTC', isEnabled: true },
    ...fields,
  });
  await post<Channel>('/api/channels', { name: 'Hook', kind: 'webhook', url: receiver.url, secret: 's' });
  return {
    ...{ collector, receiver, mailServer, post },
    addRule: (...args: Parameters<typeof settings>) => post<Rule>('/api/projects/1/rules', settings(...args)),
    tryRule: (...args: Parameters<typeof settings>) => post<RuleTrial>('/api/projects/1/rules/try', settings(...args)),
    sendLog: (records: LogRecord[], fields: Partial<Batch> = {}) =>
      send(collector.endpoint, batch([], { records, ...fields })),
    told: async (count: number) => (await receiver.came(count)).map(({ json }) => json as unknown as Notice),
  };
}

const refused = (fields: Partial<LogRecord> = {}) =>
  logRecord({ level: 'warning', logger: 'checkout.payment', text: 'Card refused', ...fields });

test('a search tells the log records that it finds, however late they come, and not events', async (t) => {
  const { collector, addRule, sendLog, told } = await start(t);
  await addRule('level:>=warning logger:checkout.* "card refused" release:2', {
    filter: { level: 'warning', environment: 'prod*', page: '/cart', words: 'card' },
  });
  const production = { environment: 'production', release: '2.1.0' };
  await sendLog([refused({ text: 'Card refused in staging' })], { ...production, environment: 'staging' });
  await sendLog([refused({ text: 'Card refused of old' })], { ...production, release: '1.0.0' });
  await send(
    collector.endpoint,
    batch([batchEvent({ exceptions: [{ type: 'E', value: 'Card refused' }] })], production),
  );
  await sendLog([refused({ level: 'info' }), refused({ logger: 'search' }), refused(), refused()], production);
  const [first] = await told(1);
  assert.equal(first?.headline, '2 times: warning of checkout.payment: Card refused');
  assert.equal(first.kind, 'search');
  const [record] = first.records ?? [];
  assert.deepEqual(
    [record?.level, record?.logger, record?.text, record?.count, record?.release, record?.page],
    ['warning', 'checkout.payment', 'Card refused', 2, '2.1.0', '/cart'],
  );
  assert.equal(first.link, `${collector.url}/logs?project=1&record=${record?.id}`);
  // It waited in an outbox for an hour: in the order of time it stands before what was told.
  const late = refused({ at: Date.now() - 3_600_000, text: 'Card refused an hour ago' });
  await sendLog([late], production);
  await sendLog([late], production);
  await sendLog([refused({ text: 'Card refused at last' })], production);
  const headlines = (await told(3)).map(({ headline }) => headline);
  assert.deepEqual(headlines.slice(1), [
    'warning of checkout.payment: Card refused an hour ago',
    'warning of checkout.payment: Card refused at last',
  ]);
});

test('a storm of log records is told together, with their number', async (t) => {
  const { collector, addRule, sendLog, told } = await start(t);
  await addRule('refused');
  await sendLog(Array.from({ length: 500 }, (_, i) => refused({ text: `Card ${i % 50} refused` })));
  const [first] = await told(1);
  assert.equal(first?.headline, '500 alerts in My site: 500 found by a search');
  assert.equal(first.records?.length, 5);
  assert.equal(first.more, 45);
  assert.equal(first.link, `${collector.url}/logs?project=1&query=refused`);
});

test('a search of log records can be tried on the last day', async (t) => {
  const { sendLog, tryRule } = await start(t);
  assert.equal((await tryRule('refused')).looked, 0);
  const kept = [refused(), refused({ level: 'error' })];
  await sendLog([...kept, refused({ at: Date.now() - 25 * 3_600_000 }), logRecord()]);
  const { alerts, looked } = await tryRule('refused');
  assert.deepEqual(alerts.map(({ record }) => record).sort(), kept.map(({ id }) => id).sort());
  assert.equal(looked, 2);
  assert.deepEqual(
    (await tryRule('refused', { filter: { level: 'error' } })).alerts.map(({ record }) => record),
    [kept[1]?.id],
  );
  const nothing = await tryRule('accepted');
  assert.deepEqual([nothing.alerts.length, nothing.looked], [0, 1]);
  await assert.rejects(tryRule(''), / 400 /);
});

test('what was told of log records goes with the user whose they were', async (t) => {
  const { collector, addRule, sendLog, mailServer, post, told } = await start(t);
  await post('/api/channels', { name: 'Team', kind: 'email', to: ['team@shop.example'] });
  await addRule('refused', { channels: ['1', '2'] });
  const text = 'Card <b>4711</b> refused\r\nBcc: a@b.example';
  await sendLog([refused({ text })], { user: { id: 'ada' } });
  await told(1);
  const [mail] = await mailServer.came(1);
  assert.equal(mail?.subject, '[My site] warning of checkout.payment: Card <b>4711</b> refused Bcc: a@b.example');
  assert.match(mail.html ?? '', /Card &lt;b&gt;4711&lt;\/b&gt; refused Bcc[^]*record=[^]*Open in the logs/);
  assert.match(mail.text ?? '', /warning checkout\.payment: Card .* refused[^]*Open: http:.*\/logs\?project=1&record=/);
  await post('/api/projects/1/forget', { user: 'ada' });
  assert.doesNotMatch(JSON.stringify(await collector.api<Delivery[]>('/api/projects/1/deliveries')), /4711/);
});
