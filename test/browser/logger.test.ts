import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import type * as api from '../../src/client/index.ts';
import type { LogLine, LogList, StoredRecord } from '../../src/protocol/log-api.ts';
import { browserTest } from '../helpers/browser.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { startScriptedCollector, type ScriptedCollector } from '../helpers/scripted-collector.ts';
import { startSite, type Site } from '../helpers/site.ts';
import { until } from '../helpers/until.ts';

declare global {
  interface Window {
    api: typeof api;
    /** Errors that reached the page. */
    uncaught: string[];
  }
}

const watch = `window.uncaught = [];
  addEventListener('error', ({ message }) => uncaught.push(message));
  addEventListener('unhandledrejection', ({ reason }) => uncaught.push(String(reason)));
  addEventListener('pageshow', (event) => { window.cameBack = event.persisted; });`;

let collector: TestCollector;
/** Answers as it is told. */
let scripted: ScriptedCollector;
let site: Site;
before(async () => {
  collector = await startCollector();
  scripted = await startScriptedCollector();
  site = await startSite({
    files: {
      '/index.mjs': readFileSync('dist/index.js'),
      '/pagefault.js': readFileSync('dist/pagefault.js'),
      '/pagefault-logger.js': readFileSync('dist/pagefault-logger.js'),
      '/import': `<!doctype html><title>Import</title><script>${watch}</script>
        <script type="module">import * as api from '/index.mjs'; window.api = api;</script>`,
      // The loggers come first here: whichever script is first finds the other.
      '/tag': `<!doctype html><title>Tag</title><script>${watch}</script><script src="/pagefault-logger.js"></script>
        <script src="/pagefault.js" data-endpoint="${scripted.endpoint}" data-release="7.0"></script>`,
      '/other': '<!doctype html><title>Other</title>',
    },
  });
});
after(async () => {
  await site.close();
  await scripted.stop();
  await collector.close();
});

/** What the collector has of one page, oldest first: each has a release of its own. */
async function recordsOf(release: string): Promise<LogLine[]> {
  const records: LogLine[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const path: string = `/api/records?query=release:${release}&limit=100${cursor && `&cursor=${cursor}`}`;
    const list: LogList = await collector.api<LogList>(path);
    records.unshift(...list.records.toReversed());
    cursor = list.next;
  }
  return records;
}

/** Waits for records with these texts; all that have arrived then. */
async function arrived(release: string, ...expected: string[]): Promise<LogLine[]> {
  let records: LogLine[] = [];
  await until(
    async () => {
      records = await recordsOf(release);
      return expected.every((each) => records.some(({ text }) => text === each));
    },
    () => [expected, records],
  );
  return records;
}

const wholeOf = async (records: LogLine[], wanted: string): Promise<StoredRecord> =>
  collector.api<StoredRecord>(`/api/records/${records.find(({ text }) => text === wanted)?.id}`);

browserTest(
  'loggers of a package: records arrive with their page, quiet ones ride with an error',
  async ({ page, engine }) => {
    const url = `${site.url}/import`;
    await page.goto(url);
    await page.waitFor('typeof api');
    await page.evaluate(
      (endpoint, release) => {
        const { createLogger, init } = window.api;
        const log = createLogger('shop');
        log.info('before init');
        log.debug('quiet before init');
        init({ endpoint, release, environment: 'test', mask: ['nickname'] });
        const address = `${location.href}?token=abc`;
        log.notice('after init', { password: 'hunter2', nickname: 'Ada', address, amount: 3 });
        log.trace('never');
        log.debug('quiet', { step: 1 });
      },
      collector.endpoint,
      engine,
    );
    const early = await arrived(engine, 'before init', 'after init');
    const { record, context } = await wholeOf(early, 'after init');
    assert.deepEqual(
      [record.level, record.logger, context.environment, context.page?.url, context.page?.title],
      ['notice', 'shop', 'test', url, 'Import'],
    );
    const masked = { password: '[masked]', nickname: '[masked]', address: `${url}?token=[masked]`, amount: 3 };
    assert.deepEqual(record.data, masked);
    assert.equal((await wholeOf(early, 'before init')).context.session, context.session);

    await page.evaluate(() => {
      const { createLogger, captureException } = window.api;
      createLogger('shop.cart', { captureErrors: true }).error('Lost', { order: 42, reason: new RangeError('lost') });
      captureException(new TypeError('broken'));
    });
    await page.evaluate('api.flush()');
    const all = await arrived(engine, 'Lost');
    assert.deepEqual(
      all.map(({ text }) => text),
      ['before init', 'after init', 'Lost'],
    );
    await collector.digested();
    const events = (await collector.events())
      .map(({ event }) => event)
      .filter(({ release }) => release === engine)
      .sort((a, b) => String(a.exceptions[0]?.value).localeCompare(String(b.exceptions[0]?.value)));
    const expected = { mechanism: 'exception', level: 'error', handled: true, session: context.session };
    assert.deepEqual(
      events.map(({ mechanism, level, handled, session, exceptions: [thrown] }) => [
        thrown?.value,
        { mechanism, level, handled, session },
      ]),
      [
        ['broken', expected],
        ['lost', expected],
      ],
    );
    for (const { breadcrumbs } of events)
      assert.deepEqual(
        breadcrumbs
          .filter(({ kind }) => kind !== 'navigation')
          .map(({ kind, text, level, data }) => [kind, text, level, data]),
        [
          ['log', 'shop: quiet before init', 'debug', undefined],
          ['log', 'shop: quiet', 'debug', { step: 1 }],
        ],
      );
    assert.deepEqual(await page.evaluate('uncaught'), []);
  },
);

browserTest(
  'loggers of a package: thresholds change while it runs, hostile fields hurt nobody',
  async ({ page, engine }) => {
    const url = `${site.url}/import`;
    const release = `hostile-${engine}`;
    await page.goto(url);
    await page.waitFor('typeof api');
    await page.evaluate(
      (endpoint, release) => {
        const { createLogger, init, setThreshold, addProcessor, addHandler } = window.api;
        init({ endpoint, release });
        const handled: string[] = [];
        addHandler('mine', ({ text }) => void handled.push(text), 'error');
        addHandler('broken', () => {
          throw new Error('handler');
        });
        addProcessor(() => {
          throw new Error('processor');
        });
        addProcessor((record) => ({ ...record, data: { ...record.data, tab: 7 } }));
        const log = createLogger('shop.cart');
        log.debug('one');
        setThreshold('shop', 'debug');
        log.debug('two');
        history.pushState(null, '', '#paid');
        log.debug('three');
        setThreshold('shop', { wire: 'off' });
        log.critical('four');
        setThreshold('shop', 'info');
        const cycle: Record<string, unknown> = {};
        cycle['self'] = cycle;
        const frame = document.body.appendChild(document.createElement('iframe'));
        const revoked = Proxy.revocable({}, {});
        revoked.revoke();
        const hostile = {
          cycle,
          frame: frame.contentWindow,
          revoked: revoked.proxy,
          big: 12n,
          element: document.body,
          long: 'x'.repeat(1e6),
          many: Array.from({ length: 1e5 }, () => cycle),
          get bad() {
            throw new Error('getter');
          },
        };
        log.info('five', hostile);
        log.info(hostile, revoked.proxy);
        void Promise.reject(new Error('six')).catch(log.error);
        for (let i = 0; i < 120; i++) log.info(`many ${i}`);
        Object.assign(window, { handled });
      },
      collector.endpoint,
      release,
    );
    const records = await arrived(release, 'two', 'three', 'five', 'six', 'many 119');
    assert.deepEqual(
      records.map(({ text }) => text).filter((text) => /^(one|four|many)/.test(text)),
      Array.from({ length: 120 }, (_, i) => `many ${i}`),
    );
    const [two, three, five] = await Promise.all(['two', 'three', 'five'].map((text) => wholeOf(records, text)));
    assert.deepEqual([two?.context.page?.url, three?.context.page?.url], [url, `${url}#paid`]);
    const { data = {} } = five?.record ?? {};
    assert.deepEqual([data['big'], data['revoked'], data['tab']], ['12', 'Proxy', 7]);
    assert.deepEqual(await page.evaluate('handled'), ['four', 'six']);
    assert.deepEqual(await page.evaluate('uncaught'), []);
  },
);

const taken = (wanted: string) =>
  until(
    () => scripted.batches.some(({ records = [] }) => records.some(({ text }) => text === wanted)),
    () => [wanted, scripted.batches],
  );

browserTest(
  'loggers of a tag: records outlive a bad answer and their page, which keeps its bfcache',
  async ({ page }) => {
    await page.goto(`${site.url}/tag`);
    await page.waitFor('!!(pagefault.createLogger && pagefault.init)');
    scripted.batches.length = scripted.requests.length = 0;
    scripted.events.clear();
    scripted.behave = () => 503;
    await page.evaluate(`(window.log = pagefault.createLogger('tag')).info('stubborn')`);
    await until(
      () => scripted.requests.length > 0,
      () => scripted.requests,
    );
    scripted.behave = () => 202;
    await taken('stubborn');
    assert.equal(scripted.batches[0]?.release, '7.0');
    await page.evaluate(`log.info('last words')`);
    await page.goto(`${site.url}/other`);
    await taken('last words');
    await page.back();
    assert.equal(await page.waitFor('typeof cameBack !== "undefined" && String(cameBack)'), 'true');
    await page.evaluate(`(log.info('back again'), pagefault.captureMessage('done'))`);
    await taken('back again');
    await until(
      () => scripted.events.size > 0,
      () => scripted.batches,
    );
    // Neither the requests for records nor what the loggers print are steps of the page.
    const crumbs = scripted.batches.flatMap(({ trail = [] }) => trail);
    assert.deepEqual(
      crumbs.filter(({ kind }) => kind === 'request' || kind === 'console'),
      [],
    );
    assert.deepEqual(await page.evaluate('uncaught'), []);
  },
);
