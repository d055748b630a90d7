import assert from 'node:assert/strict';
import { browserTest } from '../helpers/browser.ts';
import { choose, fill, press, seesOne, textOf, textsOf } from '../helpers/by-role.ts';
import { startCollector } from '../helpers/collector.ts';
import { report, sees, signIn } from '../helpers/viewer.ts';

browserTest('a password set in the settings signs in from then on', async ({ page }) => {
  const collector = await startCollector();
  try {
    await signIn(page, collector, '/settings/me');
    await fill(page, 'E-mail', 'ada@shop.example');
    await fill(page, 'Password', 'correct horse battery');
    await press(page, 'Save');
    await sees(page, 'From now on you can sign in with this e-mail and password');
    await press(page, 'Sign out');
    // The settings have fields of the same names.
    await seesOne(page, 'heading', 'Sign in to Pagefault');
    await fill(page, 'E-mail', 'ada@shop.example');
    await fill(page, 'Password', 'correct horse battery');
    await press(page, 'Sign in');
    await sees(page, 'Live');
    assert.equal(await page.url(), `${collector.url}/`);
  } finally {
    await collector.close();
  }
});

browserTest('a new project shows its endpoint and turns green, and its name is changed', async ({ page }) => {
  const collector = await startCollector();
  try {
    await report(collector);
    await signIn(page, collector, '/settings');
    await sees(page, 'Reports arrive');
    await sees(page, collector.endpoint);
    await fill(page, 'Name', 'Second shop');
    await press(page, 'Add');
    await sees(page, 'Waiting for the first report');
    await sees(page, 'Second shop');
    const endpoints = (await textsOf(page, 'code')).filter((text) => /^http.*in.[\w-]+$/.test(text));
    assert.equal(new Set(endpoints).size, 2);
    const [, second = ''] = endpoints;
    await report({ ...collector, endpoint: second });
    await page.waitFor(`!document.body.innerText.includes('Waiting for the first report')`);
    await press(page, 'Name, origins and limits');
    await fill(page, 'Name', 'Crackle');
    await fill(page, 'Allowed origins', 'https://crackle.example');
    await press(page, 'Save');
    await sees(page, 'Saved.');
    await sees(page, 'Crackle');
    const { origins } = await collector.api<{ origins: string[] }>('/api/projects/1/settings');
    assert.deepEqual(origins, ['https://crackle.example']);
  } finally {
    await collector.close();
  }
});

browserTest('someone invited by a link comes in, once', async ({ page, browser }) => {
  const collector = await startCollector();
  try {
    await report(collector);
    await signIn(page, collector, '/settings/people');
    await fill(page, 'Name', 'Bob');
    await press(page, 'Invite');
    await sees(page, 'Send Bob this link.');
    const link = await textOf(page, 'group', 'Sign-in link');
    const guest = await browser.newPage();
    await guest.goto(link);
    await sees(guest, 'Overview');
    await guest.goto(`${collector.url}/settings/tokens`);
    await sees(guest, 'Administrators can change this.');
  } finally {
    await collector.close();
  }
});

browserTest('a token is shown once, and reads only', async ({ page }) => {
  const collector = await startCollector();
  try {
    await report(collector);
    await signIn(page, collector, '/settings/tokens');
    await fill(page, 'What for', 'Dashboard');
    await choose(page, 'It may', 'read everything');
    await press(page, 'Make a token');
    await sees(page, 'it is not shown again');
    const token = await textOf(page, 'group', 'Token');
    await sees(page, 'Reads everything, changes nothing');
    const asToken = (method: string, path: string) =>
      fetch(collector.url + path, { method, headers: { authorization: `Bearer ${token}` } });
    assert.equal((await asToken('GET', '/api/issues')).status, 200);
    assert.equal((await asToken('DELETE', '/api/people/1')).status, 403);
    await page.reload();
    await sees(page, 'Dashboard');
    assert.ok(!(await page.evaluate<string>('document.body.innerText')).includes(token));
  } finally {
    await collector.close();
  }
});

browserTest('a rule of privacy is tried before it holds', async ({ page }) => {
  const collector = await startCollector();
  try {
    await signIn(page, collector, '/settings/data');
    await fill(page, 'Rules, one a line', 'name customer*');
    await press(page, 'Try them');
    await sees(page, '"customerNumber": "[masked]"');
    await sees(page, '"password": "[masked]"');
    await press(page, 'Save the rules');
    await sees(page, 'The rules hold for what comes from now on');
    const { rules } = await collector.api<{ rules: object[] }>('/api/scrubbing');
    assert.deepEqual(rules, [{ kind: 'name', pattern: 'customer*' }]);
    await fill(page, 'Rules, one a line', 'mask all');
    await press(page, 'Try them');
    await sees(page, 'Begin with "name" or "text": mask all');
  } finally {
    await collector.close();
  }
});

browserTest('a rule of grouping shows which issues it is about', async ({ page }) => {
  const collector = await startCollector();
  try {
    await report(collector, { exceptions: [{ type: 'Error', value: 'Timeout of /a', stack: 0 }] });
    await signIn(page, collector, '/settings');
    await press(page, 'What belongs together');
    await fill(page, 'Rules, one a line', 'message:Timeout* -> timeouts');
    await press(page, 'Try them');
    await sees(page, 'fits 1 issue');
    await press(page, 'Error: Timeout of /a');
    await sees(page, 'Resolve');
  } finally {
    await collector.close();
  }
});

browserTest('how long events are kept is set in days and bytes', async ({ page }) => {
  const collector = await startCollector();
  try {
    await signIn(page, collector, '/settings/data');
    await fill(page, 'Days', '30');
    await fill(page, 'Megabytes', '500');
    await press(page, 'Save');
    await sees(page, 'What is beyond it goes within minutes');
    assert.deepEqual(await collector.api('/api/retention'), { days: 30, maxBytes: 500_000_000 });
  } finally {
    await collector.close();
  }
});
