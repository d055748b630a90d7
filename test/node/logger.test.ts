import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createNodeLogging, type NodeLogging } from '../../src/node/node-logging.ts';
import { sdk } from '../../src/node/version.ts';
import { limits } from '../../src/protocol/limits.ts';
import { parseBatch } from '../../src/protocol/parse-batch.ts';
import { runScript } from '../helpers/command.ts';
import { startScriptedCollector, type ScriptedCollector } from '../helpers/scripted-collector.ts';
import { until } from '../helpers/until.ts';
import { createOutput } from './output.ts';

async function start(t: TestContext): Promise<{ logging: NodeLogging; collector: ScriptedCollector }> {
  const collector = await startScriptedCollector();
  t.after(() => collector.stop());
  return { logging: createNodeLogging(createOutput(), { NODE_ENV: 'production' }), collector };
}

/** All records that were taken, as the collector reads them. */
function recordsOf({ batches }: ScriptedCollector) {
  return batches.flatMap((batch) => {
    const parsed = parseBatch(batch);
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.problems, []);
    return parsed.records;
  });
}

const textsOf = (collector: ScriptedCollector) => recordsOf(collector).map(({ text }) => text);

test('records go to the collector with release, environment and tags, secrets masked', async (t) => {
  const { logging, collector } = await start(t);
  const { endpoint } = collector;
  logging._init({ endpoint, release: '1.4.2', environment: 'test', tags: { host: 'web-3' }, mask: ['nickname'] });
  const log = logging.createLogger('checkout.payment');
  log.info('Paid', { amount: 3, password: 'hunter2', nickname: 'Ada', deep: { token: 'abc', list: [{ card: 1 }] } });
  log.notice('See https://ada:secret@shop.example/?token=abc&x=1');
  assert.equal(await logging._flush(), true);
  const [batch] = collector.batches;
  assert.deepEqual(
    [batch?.sdk, batch?.release, batch?.environment, batch?.tags, batch?.events],
    [sdk, '1.4.2', 'test', { host: 'web-3' }, []],
  );
  assert.match(String(batch?.session), /^\w{16,}$/);
  assert.deepEqual(
    recordsOf(collector).map(({ level, logger, text, data }) => ({ level, logger, text, data })),
    [
      {
        level: 'info',
        logger: 'checkout.payment',
        text: 'Paid',
        data: {
          amount: 3,
          password: '[masked]',
          nickname: '[masked]',
          deep: { token: '[masked]', list: [{ card: '[masked]' }] },
        },
      },
      {
        level: 'notice',
        logger: 'checkout.payment',
        text: 'See https://shop.example/?token=[masked]&x=1',
        data: undefined,
      },
    ],
  );
});

test('records wait until init says where they go, and go by themselves then', async (t) => {
  const { logging, collector } = await start(t);
  const log = logging.createLogger('early');
  log.info('before');
  assert.equal(await logging._flush(), false);
  logging._init({ endpoint: collector.endpoint });
  await until(
    () => textsOf(collector).includes('before'),
    () => collector.batches,
  );
});

test('what is below the threshold travels only with an error, before it, and the last of it', async (t) => {
  const { logging, collector } = await start(t);
  logging._init({ endpoint: collector.endpoint });
  const log = logging.createLogger('cart');
  for (let i = 0; i < limits.breadcrumbs + 10; i++) log.debug(`step ${i}`);
  log.trace('never');
  log.info('usual');
  await logging._flush();
  assert.deepEqual(textsOf(collector), ['usual']);
  log.error('broken');
  log.error('broken again');
  await logging._flush();
  const steps = Array.from({ length: limits.breadcrumbs }, (_, i) => `step ${i + 10}`);
  assert.deepEqual(textsOf(collector), ['usual', ...steps, 'broken', 'broken again']);
});

for (const status of [429, 503]) {
  test(`what was answered with ${status} is sent again, once it is taken`, async (t) => {
    const { logging, collector } = await start(t);
    let answers = 0;
    collector.behave = () => (++answers < 2 ? { status, retryAfter: 1 } : 202);
    logging._init({ endpoint: collector.endpoint });
    logging.createLogger('a').info('stubborn');
    assert.equal(await logging._flush(), false);
    await until(
      () => collector.batches.length > 0,
      () => collector.requests,
    );
    assert.deepEqual(textsOf(collector), ['stubborn']);
    const [first = 0, second = 0] = collector.requests;
    assert.ok(second - first >= 1_000, `Retry-After is obeyed, not ${second - first} ms`);
  });
}

test('of what waits too long the newest is kept, and what was dropped is told', async (t) => {
  const { logging, collector } = await start(t);
  await collector.stop();
  logging._init({ endpoint: collector.endpoint });
  const log = logging.createLogger('a');
  for (let i = 0; i < 1_500; i++) log.info(`record ${i}`);
  assert.equal(await logging._flush(), false);
  await collector.start();
  await logging._flush();
  const texts = textsOf(collector);
  const dropped = Object.assign({}, ...collector.batches.map((batch) => batch.dropped)) as unknown;
  assert.equal(texts.at(-1), 'record 1499');
  assert.equal(texts.length, new Set(texts).size);
  assert.deepEqual(dropped, { 'log-queue-full': 1_500 - texts.length });
  assert.ok(texts.length >= 900 && texts.length <= 1_000, String(texts.length));
});

test('a batch that is too large is split, one that is refused is counted', async (t) => {
  const { logging, collector } = await start(t);
  collector.behave = ({ records = [] }) => (records.length > 3 ? 413 : 202);
  logging._init({ endpoint: collector.endpoint });
  const log = logging.createLogger('a');
  for (let i = 0; i < 10; i++) log.info(`record ${i}`);
  assert.equal(await logging._flush(), true);
  assert.deepEqual(
    textsOf(collector),
    Array.from({ length: 10 }, (_, i) => `record ${i}`),
  );
  collector.behave = () => 400;
  log.info('refused');
  await logging._flush();
  collector.behave = () => 202;
  log.info('last');
  await logging._flush();
  assert.deepEqual(collector.batches.at(-1)?.dropped, { 'log-refused': 1 });
  assert.equal(textsOf(collector).includes('refused'), false);
});

const api = pathToFileURL('src/node/index.ts').href;
const script = `import { init, createLogger } from '${api}';
  init({ endpoint: process.env.ENDPOINT });
  createLogger('a').info('last words');`;

test('a process that ends sends what waits, and is not kept by a collector that is down', async (t) => {
  const collector = await startScriptedCollector();
  t.after(() => collector.stop());
  const env = { ENDPOINT: collector.endpoint, NODE_ENV: 'production' };
  const run = () => runScript('--input-type=module', ['--eval', script], { env });
  const command = run();
  assert.deepEqual([await command.ended, command.stdout, command.stderr], [0, '', '']);
  assert.deepEqual(textsOf(collector), ['last words']);
  await collector.stop();
  const unheard = run();
  assert.equal(await unheard.ended, 0);
  assert.equal(unheard.stderr.match(/no answer from the collector, .*ECONNREFUSED/g)?.length, 1, unheard.stderr);
  await collector.start();
});

test('production prints nothing once records have an address, development prints all but traces', () => {
  const shown = (env: NodeJS.ProcessEnv, isInit: boolean) => {
    const output = createOutput();
    const logging = createNodeLogging(output, env);
    if (isInit) logging._init({ endpoint: 'http://127.0.0.1:1/in/KEY' });
    const log = logging.createLogger('a');
    for (const level of ['trace', 'debug', 'info'] as const) log[level](level);
    return output.text.split('\n').flatMap((line) => line.split(' ').at(-1) || []);
  };
  assert.deepEqual(shown({}, true), ['debug', 'info']);
  assert.deepEqual(shown({ NODE_ENV: 'production' }, false), ['info']);
  assert.deepEqual(shown({ NODE_ENV: 'production' }, true), []);
});

test('says the version of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  assert.equal(sdk.version, version);
});
