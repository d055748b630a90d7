import assert from 'node:assert/strict';
import { browserTest } from '../helpers/browser.ts';
import { startCollector } from '../helpers/collector.ts';
import { press, report, sees, signIn } from '../helpers/viewer.ts';

browserTest('a password set in the settings signs in from then on', async ({ page }) => {
  const collector = await startCollector();
  try {
    await signIn(page, collector, '/settings');
    await page.type('input[name=email]', 'ada@shop.example');
    await page.type('input[name=password]', 'correct horse battery');
    await press(page, 'Save');
    await sees(page, 'From now on you can sign in with this e-mail and password');
    await press(page, 'Sign out');
    // The settings have fields of the same names.
    await page.waitFor('!document.querySelector(".settings")');
    await page.type('input[name=email]', 'ada@shop.example');
    await page.type('input[name=password]', 'correct horse battery');
    await press(page, 'Sign in');
    await sees(page, 'Live');
    assert.equal(await page.url(), `${collector.url}/`);
  } finally {
    await collector.close();
  }
});

browserTest('the settings show a new project with its endpoint', async ({ page }) => {
  const collector = await startCollector();
  try {
    await report(collector);
    await signIn(page, collector, '/settings');
    await sees(page, 'Reports arrive');
    await sees(page, collector.endpoint);
    await page.type('input[name=name]', 'Second shop');
    await press(page, 'Add');
    await sees(page, 'Waiting for the first report');
    await sees(page, 'Second shop');
    const endpoints = await page.evaluate<string[]>(
      '[...document.querySelectorAll("code")].map((code) => code.innerText).filter((text) => /^http.*in.\\w+$/.test(text))',
    );
    assert.equal(new Set(endpoints).size, 2);
  } finally {
    await collector.close();
  }
});
