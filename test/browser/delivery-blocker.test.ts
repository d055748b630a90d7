import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { temporaryFolder } from '../helpers/browsers/children.ts';
import { args } from '../helpers/browsers/chromium.ts';
import { startTimeoutMs } from '../helpers/browsers/engine.ts';
import { onPath } from '../helpers/browsers/programs.ts';
import { engines } from '../helpers/browser.ts';
import { startScriptedCollector } from '../helpers/scripted-collector.ts';
import { startSite } from '../helpers/site.ts';
import { until } from '../helpers/until.ts';

/** The rule that EasyPrivacy has for all sites, `$ping,third-party`, as a content blocker brings it. */
const manifest = {
  manifest_version: 3,
  name: 'blocker',
  version: '1',
  permissions: ['declarativeNetRequest'],
  declarative_net_request: { rule_resources: [{ id: 'rules', enabled: true, path: 'rules.json' }] },
};
const rules = [{ id: 1, action: { type: 'block' }, condition: { resourceTypes: ['ping'], domainType: 'thirdParty' } }];

const errors = 50;

test(
  'a content blocker that stops beacons stops no report',
  { skip: !engines.includes('chromium'), timeout: 120_000 },
  async () => {
    const profile = temporaryFolder();
    const extension = join(profile.path, 'blocker');
    mkdirSync(extension);
    writeFileSync(join(extension, 'manifest.json'), JSON.stringify(manifest));
    writeFileSync(join(extension, 'rules.json'), JSON.stringify(rules));
    const collector = await startScriptedCollector();
    const arrived = (count: number) =>
      until(
        () => collector.events.size >= count,
        () => collector.events.size,
      );
    const tag = `<script src="/pagefault.js" data-endpoint="${collector.endpoint}"></script>`;
    const html = `<!doctype html><title>shop</title><link rel="icon" href="data:,">${tag}`;
    const away = '<!doctype html><title>away</title><link rel="icon" href="data:,">';
    const site = await startSite({
      files: { '/': html, '/away': away, '/pagefault.js': readFileSync('dist/pagefault.js') },
    });
    // Another name, so that the collector is a third party.
    const url = site.url.replace('127.0.0.1', 'shop.localhost');
    const executablePath = process.env['PAGEFAULT_CHROMIUM'] ?? onPath('chromium', 'chromium-browser', 'google-chrome');
    const context = await chromium.launchPersistentContext(join(profile.path, 'profile'), {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...args, `--load-extension=${extension}`, `--disable-extensions-except=${extension}`],
      ignoreDefaultArgs: ['--disable-extensions', '--disable-back-forward-cache'],
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: startTimeoutMs,
    });
    try {
      const page = await context.newPage();
      await page.goto(url);
      const failed = page.waitForEvent('requestfailed', { predicate: (each) => each.url().includes('probe') });
      assert.equal(await page.evaluate((to) => navigator.sendBeacon(`${to}?probe`, 'x'), collector.endpoint), true);
      assert.match((await failed).failure()?.errorText ?? '', /BLOCKED_BY_CLIENT/);

      // Of the first one no answer comes: what else broke waits for it, and has to leave with the page.
      collector.behave = () => (collector.requests.length > 1 ? 202 : 'hang');
      await page.evaluate((count) => {
        for (let i = 0; i < count; i++) reportError(new Error(`Order ${i}`));
        location.href = '/away';
      }, errors);
      await page.waitForURL('**/away');
      await arrived(errors - 1);
      await page.goto(url);
      await arrived(errors);
    } finally {
      await context.close();
      await site.close();
      await collector.stop();
      profile.remove();
    }
  },
);
