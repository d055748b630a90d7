import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { browserTest } from '../helpers/browser.ts';
import { startReportedPages, type ReportedPages } from '../helpers/reported-page.ts';

let pages: ReportedPages;
before(async () => {
  pages = await startReportedPages();
});
after(() => pages.close());

browserTest('keeps what the user did, and never what was typed', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      'beforeend',
      `<form class="checkout wide"><input name="card" value="old"><button type="button" class="primary">Pay 4111</button></form>
       <div data-pf-ignore><button id="hidden">Secret</button></div>`,
    );
  });
  await page.type('input', '4111 1111');
  await page.click('.primary');
  await page.click('#hidden');
  await page.evaluate(() => {
    console.warn('careful', 7, { password: 'typed' });
    history.pushState(null, '', '#paid?token=abc');
    window.pagefault.addBreadcrumb('coupon applied', { code: 'SPRING', password: 'p' });
    window.pagefault.captureMessage('done', 'notice');
  });
  await page.evaluate('pagefault.flush()');
  const { event } = await pages.collector.waitForEvent(({ event }) => event.page?.url.startsWith(`${url}#`) ?? false);
  assert.equal(event.message, 'done');
  assert.equal(event.level, 'notice');
  const crumbs = event.breadcrumbs.map(({ kind, text, level, data }) => [kind, text.replace(url, ''), level, data]);
  // Clicking into the field comes first where the driver clicks to type.
  const withoutFocus = crumbs.filter(([kind, text]) => !(kind === 'click' && String(text).includes('input')));
  assert.deepEqual(withoutFocus, [
    ['navigation', '', undefined, undefined],
    ['input', 'body > form.checkout.wide > input[name=card]', undefined, undefined],
    ['click', 'body > form.checkout.wide > button.primary[type=button]', undefined, undefined],
    ['console', 'careful 7 Object', 'warning', undefined],
    ['navigation', '#paid?token=[masked]', undefined, { from: url }],
    ['custom', 'coupon applied', undefined, { code: 'SPRING', password: '[masked]' }],
  ]);
  assert.doesNotMatch(JSON.stringify(event), /4111|typed|Secret|abc/);
});

browserTest('a request is kept with the address that it had when it was made', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate(async () => {
    await fetch('asked?token=abc#part').catch(() => {});
    const { href } = location;
    history.pushState(null, '', '/elsewhere/');
    window.pagefault.captureMessage('done', 'notice');
    history.pushState(null, '', href);
    await window.pagefault.flush();
  });
  const { event } = await pages.collector.waitForEvent(({ event }) => event.page?.url.endsWith('/elsewhere/') ?? false);
  const asked = new URL('asked?token=[masked]', url).href.replace(/%5B|%5D/g, (code) => decodeURIComponent(code));
  assert.deepEqual(
    event.breadcrumbs.map(({ kind, text }) => [kind, text]),
    [
      ['navigation', url],
      ['request', `GET ${asked}`],
      ['navigation', new URL('/elsewhere/', url).href],
    ],
  );
});
