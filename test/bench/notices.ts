// From an error in a page to the webhook that tells of it: npm run bench -- notices [errors].
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChromium } from '../helpers/browsers/chromium.ts';
import { Page } from '../helpers/browsers/page.ts';
import { startSite } from '../helpers/site.ts';
import { until } from '../helpers/until.ts';
import { startHttpReceiver } from '../server/notify/receivers.ts';
import { startPinned } from './collector-under-load.ts';
import { percentile } from './http-load.ts';

const errors = Number(process.argv[3] ?? 300);
/** A rule tells ten one by one within a minute, and what is more together: so each takes ten. */
const perRule = 10;
const everyMs = 200;
const maxMs = 5_000;

const dataDir = mkdtempSync(join(tmpdir(), 'pagefault-bench-notices-'));
const receiver = await startHttpReceiver();
const collector = await startPinned(dataDir, { PAGEFAULT_ALLOW_PRIVATE_NETWORK: 'true' });
const post = async (path: string, body: object) => {
  const response = await fetch(collector.url + path, {
    method: 'POST',
    headers: { authorization: 'Bearer token-of-the-bench', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
};
await post('/api/channels', { name: 'Hook', kind: 'webhook', url: receiver.url, secret: 'secret' });
for (let rule = 0; rule * perRule < errors; rule++) {
  await post('/api/projects/1/rules', {
    ...{ name: `Rule ${rule}`, trigger: { kind: 'new' }, filter: { words: `shelf${rule}x` }, channels: ['1'] },
    ...{ pace: 'now', atMostEvery: 0, quiet: null, timeZone: 'UTC', isEnabled: true },
  });
}

const site = await startSite({
  files: {
    '/': `<!doctype html><script src="${collector.url}/pagefault.js" data-endpoint="${collector.endpoint}"></script><title>Shop</title>`,
  },
});
const chromium = await startChromium();
const session = await chromium.newSession();
const page = new Page(await session.newPage());
await page.goto(`${site.url}/`);
const words = ['cart', 'price', 'address', 'voucher', 'photo', 'review', 'parcel', 'invoice', 'wallet', 'stock'];
const word = (digit: number) => words[digit % 10] ?? '';
for (let i = 0; i < errors; i++) {
  // Each in a function of its own, so that each is a new issue; the time is in its words.
  const name = `${word(Math.floor(i / 100))}${word(Math.floor(i / 10))}${word(i)}Missing`;
  await page.evaluate(
    ([fn, shelf]: [string, string]) => {
      const script = document.createElement('script');
      script.text = `function ${fn}() { throw new Error('${shelf} ${fn} at ' + Date.now()); } ${fn}();`;
      document.head.append(script);
    },
    [name, `shelf${i % Math.ceil(errors / perRule)}x`],
  );
  await sleep(everyMs);
}
const timesOf = () =>
  receiver.received
    .map(({ json, at }) => at - Number(/ at (\d{13})$/.exec(String(json['headline']))?.[1]))
    .filter((ms) => !Number.isNaN(ms))
    .sort((a, b) => a - b);
await until(
  () => timesOf().length >= errors,
  () => ({ told: timesOf().length, requests: receiver.received.length }),
  90_000,
).catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
const times = timesOf();
const [p50, p99, most] = [percentile(times, 0.5), percentile(times, 0.99), times.at(-1) ?? NaN];
const isMet = times.length === errors && p99 <= maxMs;
process.stdout.write(
  `${times.length} of ${errors} errors told one by one, from the error in Chromium to the request at the webhook: ` +
    `p50 ${p50} ms, p99 ${p99} ms, at most ${most} ms (goal: p99 ${maxMs} ms; load ${loadavg()[0]?.toFixed(1)})\n`,
);
await session.close();
await chromium.close();
await site.close();
await collector.stop();
await receiver.close();
rmSync(dataDir, { recursive: true, force: true });
process.exitCode = isMet ? 0 : 1;
