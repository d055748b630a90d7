import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { startChromiumVisitor } from '../delivery/puppeteer-visitor.ts';
import { engines } from '../helpers/browser.ts';
import { temporaryFolder } from '../helpers/browsers/children.ts';
import { startCollector } from '../helpers/collector.ts';
import { createIdentity, startFar, startSecureSite } from '../helpers/far.ts';

const skip = engines.includes('chromium') ? false : 'Only Chromium reports tabs that crash.';

test('a tab that crashes is an issue that shows what the user did before (chromium)', { skip }, async (t) => {
  const identity = await createIdentity();
  const profile = temporaryFolder();
  t.after(() => profile.remove());
  const collector = await startCollector();
  t.after(() => collector.close());
  const far = await startFar(identity, '127.4.0.2', () => collector.url);
  t.after(() => far.close());
  const endpoint = `${far.url}/in/${collector.key}`;
  const visitor = await startChromiumVisitor(profile.path);
  t.after(() => visitor.crash());
  const tag = `<script src="/pagefault.js" data-endpoint="${endpoint}" data-release="1.4.2"></script>`;
  const steps = `<button id="buy">Buy</button><script>
    setTimeout(() => document.querySelector('#buy').click(), 300);
    setTimeout(() => fetch('/crash'), 600);
  </script>`;
  const site = await startSecureSite(identity, '127.4.0.1', (request, response) => {
    if (request.url === '/crash') return visitor.crashPages();
    const isScript = request.url === '/pagefault.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.setHeader('reporting-endpoints', `default="${endpoint}"`);
    response.end(isScript ? readFileSync('dist/pagefault.js') : `<!doctype html>${tag}${steps}`);
  });
  t.after(() => site.close());

  await visitor.open(`${site.url}/cart`);
  const { event } = await collector.waitForEvent(({ event }) => event.mechanism === 'crash');
  assert.equal(event.message, 'tab crashed');
  assert.equal(event.level, 'critical');
  assert.equal(event.release, '1.4.2');
  assert.equal(event.page?.url, `${site.url}/cart`);
  assert.equal(event.browser?.name, 'Chrome Headless');
  assert.ok(event.breadcrumbs.some(({ kind, text }) => kind === 'click' && text === 'button#buy'));
});
