import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { browserTest } from '../helpers/browser.ts';
import { startReportedPages, type ReportedPages } from '../helpers/reported-page.ts';

const html = (script: string) => `<!doctype html><title>Frame</title><script>${script}</script>`;
const breaking = (text: string) => `
  function breakFrame() { throw new RangeError('${text}'); }
  addEventListener('load', () => {
    setTimeout(breakFrame);
    setTimeout(() => Promise.reject('${text}, rejected'));
  });`;

let pages: ReportedPages;
before(async () => {
  let url = '';
  let endpoint = '';
  pages = await startReportedPages({
    '/framed': (_, response) =>
      response.end(`<!doctype html><title>Page</title>
        <script src="${url}/pagefault.js" data-endpoint="${endpoint}"></script>
        <script src="${url}/pagefault-frames.js"></script><body>`),
    '/outer': `${html(breaking('outer'))}<body><iframe src="/inner"></iframe>`,
    '/inner': html(breaking('inner')),
    '/next': html(breaking('next')),
    '/told': (_, response) =>
      response.end(`<!doctype html><title>Told</title>
        <script src="${url}/pagefault.js" data-endpoint="${endpoint}"></script><script>${breaking('told')}</script>`),
  });
  ({ url, endpoint } = pages.collector);
});
after(() => pages.close());

const load = (path: string) => `new Promise((done) => {
  const frame = document.querySelector('iframe') ?? document.body.appendChild(document.createElement('iframe'));
  frame.onload = () => setTimeout(done, 100);
  frame.src = '${path}';
})`;

browserTest("errors in frames of the page's origin are reported once, with their stack", async ({ page }) => {
  const url = pages.newUrl('/framed');
  await page.goto(url);
  for (const path of ['/outer', '/next', '/told']) await page.evaluate(load(path));
  const events = await pages.eventsOf(page, url);
  const shown = events.map(({ mechanism, exceptions: [first] }) =>
    [mechanism, first?.type, first?.value, first?.frames[0]?.function ?? ''].join(' '),
  );
  const names = ['inner', 'next', 'outer'];
  assert.deepEqual(shown.sort(), [
    ...names.map((name) => `onerror RangeError ${name} breakFrame`),
    ...names.map((name) => `onunhandledrejection string ${name}, rejected `),
  ]);
});
