import { browserTest } from '../helpers/browser.ts';
import { batch, logRecord, send } from '../helpers/batches.ts';
import { choose, place, press, typeInto } from '../helpers/by-role.ts';
import { startCollector } from '../helpers/collector.ts';
import { report, sees, signIn } from '../helpers/viewer.ts';
import { startHttpReceiver } from '../server/notify/receivers.ts';

browserTest('a person adds a webhook and a rule, tries both, and is told of a new issue', async ({ page }) => {
  const receiver = await startHttpReceiver();
  const collector = await startCollector({ allowPrivateNetwork: true });
  try {
    await report(collector);
    await signIn(page, collector, '/alerts');
    await sees(page, 'nobody is told of anything');
    await press(page, 'Add a channel');
    await choose(page, 'Kind', 'Webhook');
    await typeInto(page, 'Name', 'Team hook');
    await typeInto(page, 'URL', receiver.url);
    await typeInto(page, 'Secret', 'whsec_c2VjcmV0');
    await press(page, 'Add channel');
    await press(page, 'Send a test');
    await sees(page, 'The test has arrived.');
    await report(collector, { exceptions: [{ type: 'RangeError', value: 'No stock' }] });
    await press(page, 'Add a rule');
    await typeInto(page, 'Name', 'New ones');
    await press(page, 'Try it on the last day');
    await sees(page, 'It would have told 2 things');
    const sent = await send(collector.endpoint, batch([], { records: [logRecord({ text: 'Card refused' })] }));
    if (sent.status !== 202) throw new Error(`The record was answered with ${sent.status}`);
    await choose(page, 'Tell about', 'An event or a log record that a search finds');
    await choose(page, 'Search in', 'log records');
    await typeInto(page, 'Search, as in the logs', '"card refused"');
    await press(page, 'Try it on the last day');
    await sees(page, 'Found, 1 record');
    await choose(page, 'Tell about', 'A new issue');
    await press(page, 'Add rule');
    await sees(page, 'To Team hook');
    await report(collector, { exceptions: [{ type: 'TypeError', value: 'No price' }] });
    await receiver.came(2);
    await page.goto(`${collector.url}/alerts`);
    await sees(page, 'New: TypeError: No price');
    await sees(page, 'Test: Pagefault can reach you from My site');
  } finally {
    await collector.close();
    await receiver.close();
  }
});

browserTest('a long word that a webhook answers with stays within the page', async ({ page }) => {
  const receiver = await startHttpReceiver({ says: 'x'.repeat(400) });
  const collector = await startCollector({ allowPrivateNetwork: true });
  try {
    const hook = { name: 'Team hook', kind: 'webhook', url: receiver.url, secret: 'whsec_c2VjcmV0' };
    await collector.api('/api/channels', { method: 'POST', body: JSON.stringify(hook) });
    receiver.statuses.push(400);
    await signIn(page, collector, '/alerts');
    await press(page, 'Send a test');
    await sees(page, 'The test did not arrive: 400');
    await page.waitFor('document.documentElement.scrollWidth <= document.documentElement.clientWidth');
  } finally {
    await collector.close();
    await receiver.close();
  }
});

browserTest('a link of a notice asks before it resolves', async ({ page }) => {
  const collector = await startCollector();
  try {
    const { issueId } = await report(collector);
    await signIn(page, collector, `/issues/${issueId}?ask=resolve`);
    await sees(page, 'Resolve this issue?');
    await press(page, 'Resolve', place('region', 'Asked by a notice'));
    await sees(page, 'Reopen');
    await page.waitFor('!location.search');
  } finally {
    await collector.close();
  }
});
