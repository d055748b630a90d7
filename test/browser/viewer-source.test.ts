import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { browserTest } from '../helpers/browser.ts';
import { press } from '../helpers/by-role.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { report, sees, signIn } from '../helpers/viewer.ts';
import { buildScript } from '../helpers/build-script.ts';

const source = `export function pay(order: any) {
  const label = 'total';
  return order.total.amount;
}
console.log(pay);
`;

let collector: TestCollector;
/** Where the minified script reads `amount`. */
let column: number;

before(async () => {
  collector = await startCollector();
  const { script, map } = await buildScript('src/pay.ts', source);
  column = script.indexOf('.amount') + 2;
  await collector.api('/api/projects/1/artifacts?release=9.0.0&name=shop.js.map', {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: map,
  });
});
after(() => collector.close());

const unpaid = (name: string) =>
  report(
    collector,
    { exceptions: [{ type: 'TypeError', value: `${name} is not paid`, stack: 0 }] },
    { release: '9.0.0', frames: [['p', 0, 1, column]], stacks: [[0]] },
  );

browserTest('the failing line stands in the author’s source, coloured and marked', async ({ page, engine }) => {
  const { issueId } = await unpaid(`Order ${engine}`);
  await signIn(page, collector, `/issues/${issueId}`);
  await sees(page, 'return order.total.amount;');
  await sees(page, "const label = 'total';");
  await page.waitFor(`document.querySelector('.failing .token-keyword')?.innerText === 'return'`);
  assert.equal(await page.text('.failing .here'), 'amount');
  await press(page, 'Minified');
  await sees(page, `shop.js:1:${column}`);
  assert.ok(!(await page.text('main')).includes('return order.total.amount;'));
  await press(page, 'Original');
  await sees(page, 'src/pay.ts:3:');
});

browserTest('a frame without a map says why, and what to type', async ({ page, engine }) => {
  const { issueId } = await report(
    collector,
    { exceptions: [{ type: 'TypeError', value: `Parcel ${engine} is lost`, stack: 0 }] },
    { release: '8.0.0' },
  );
  await signIn(page, collector, `/issues/${issueId}`);
  await sees(page, '2 frames without the original source.');
  await sees(page, 'No source map has been uploaded for release 8.0.0.');
  await sees(page, 'pagefault sourcemaps upload <folder> --release 8.0.0');
});
