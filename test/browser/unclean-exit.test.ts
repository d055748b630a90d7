import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { launch, type Browser } from 'puppeteer-core';
import { adoptChild, temporaryFolder } from '../helpers/browsers/children.ts';
import { startTimeoutMs } from '../helpers/browsers/engine.ts';
import { preferences } from '../helpers/browsers/firefox.ts';
import { crash, processesOf } from '../helpers/browsers/processes.ts';
import { onPath, required } from '../helpers/browsers/programs.ts';
import { engines } from '../helpers/browser.ts';
import { startCollector } from '../helpers/collector.ts';
import { startSite } from '../helpers/site.ts';
import { until } from '../helpers/until.ts';

// Chromium says it by itself; no driver of WebKit outlives a tab.
const options = { skip: !engines.includes('firefox'), timeout: 90_000 };

async function startFirefox(profile: string): Promise<Browser> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: required(
      process.env['PAGEFAULT_FIREFOX'] ?? onPath('firefox-esr', 'firefox'),
      'Firefox',
      'firefox-esr',
    ),
    userDataDir: profile,
    headless: true,
    extraPrefsFirefox: preferences,
    timeout: startTimeoutMs,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const program = browser.process();
  if (program) adoptChild(program);
  return browser;
}

/** A shop whose pages say when they have looked for a crash: drivers of browsers that die cannot be asked. */
async function setUp(t: TestContext) {
  let looks = 0;
  const collector = await startCollector();
  t.after(() => collector.close());
  const html = `<!doctype html><title>shop</title><link rel="icon" href="data:,">
    <script src="${collector.url}/pagefault.js" data-endpoint="${collector.endpoint}" data-release="1.4.2"></script>
    <script src="${collector.url}/pagefault-crashes.js"></script>
    <script>setTimeout(() => pagefault.flush().then(() => fetch('/looked')), 1500)</script>`;
  const site = await startSite({ files: { '/': html, '/looked': (_, response) => response.end(String(++looks)) } });
  t.after(() => site.close());
  const profile = temporaryFolder();
  t.after(() => profile.remove());
  return {
    url: `${site.url}/`,
    start: () => startFirefox(profile.path),
    looked: (count: number) =>
      until(
        () => looks >= count,
        () => looks,
        30_000,
      ),
    async crashes() {
      await collector.digested();
      return (await collector.events()).map(({ event }) => event).filter(({ mechanism }) => mechanism === 'crash');
    },
  };
}

/** What is open in each tab, by its id; puppeteer's own pages die with their process. */
async function goTo(browser: Browser, url: string): Promise<void> {
  const { connection } = browser as unknown as {
    connection: {
      send(method: string, params: object): Promise<{ result: { contexts: { context: string; url: string }[] } }>;
    };
  };
  const { contexts } = (await connection.send('browsingContext.getTree', {})).result;
  const context = contexts.find((each) => each.url === url)?.context;
  await connection.send('browsingContext.navigate', { context, url, wait: 'none' });
}

test('a tab that crashed is told when it is loaded again, as inferred, once (firefox)', options, async (t) => {
  const { url, start, looked, crashes } = await setUp(t);
  const browser = await start();
  t.after(() => browser.close());
  await (await browser.newPage()).goto(url);
  await looked(1);
  crash(processesOf(browser.process()?.pid ?? -1).filter(({ command }) => / tab\s*$/.test(command)));
  // Firefox has to notice.
  await sleep(2_000);
  await goTo(browser, url);
  await looked(2);
  const [found, ...others] = await crashes();
  assert.equal(found?.message, 'tab crashed (inferred)');
  assert.equal(found.release, '1.4.2');
  assert.deepEqual(others, []);
  await goTo(browser, url);
  await looked(3);
  assert.equal((await crashes()).length, 1, 'what was told is not told again, and a reload is no crash');
});

test('a browser that was quit did not crash (firefox)', options, async (t) => {
  const { url, start, looked, crashes } = await setUp(t);
  const first = await start();
  await (await first.newPage()).goto(url);
  await looked(1);
  const program = first.process();
  const exit = program && once(program, 'exit');
  await first.close();
  await exit;
  const second = await start();
  t.after(() => second.close());
  await (await second.newPage()).goto(url);
  await looked(2);
  assert.deepEqual(await crashes(), []);
});
