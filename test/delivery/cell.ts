import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IssueList } from '../../src/protocol/api.ts';
import { temporaryFolder } from '../helpers/browsers/children.ts';
import type { Engine } from '../helpers/browser.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { startFar, startSecureSite, type Identity } from '../helpers/far.ts';
import { startChromiumVisitor, startFirefoxVisitor } from './puppeteer-visitor.ts';
import type { Visitor } from './visitor.ts';
import { startWebkitAlone, startWebkitVisitor } from './webkit-visitor.ts';

export const actions = [
  'navigate',
  'reload',
  'close tab',
  'close tab on repeats',
  'window.close()',
  'crash',
  'hang',
  'quit',
  'crash all',
] as const;
export type Action = (typeof actions)[number];

export const sizes = { small: 130, large: 1_950 };
export type Size = keyof typeof sizes;

export interface Cell {
  engine: Engine;
  action: Action;
  size: Size;
}

export interface Result extends Cell {
  /** Errors that arrived without another visit; `later`: after one. */
  direct: number;
  later: number;
}

export const errors = 50;
const script = new URL('../../dist/pagefault.js', import.meta.url);

/** What the page does: 50 different errors in one task, and its end in the same task where the page can bring it about. */
const job = `
const { action, pad, errors } = Object.fromEntries(new URLSearchParams(location.search));
const call = (path) => {
  const request = new XMLHttpRequest();
  request.open('GET', path, false);
  request.send();
};
const kinds = action === 'close tab on repeats' ? 5 : errors;
const words = 'order cart price stock basket voucher parcel street invoice refund '.repeat(300);
function checkout() {
  call('/started');
  for (let i = 0; i < errors; i++) {
    const kind = i % kinds;
    reportError(new Error('Order ' + kind + ' of ' + errors + ': ' + words.slice(kind, kind + Number(pad))));
  }
  if (action === 'navigate') location.href = '/blank';
  if (action === 'reload') location.reload();
  if (action.startsWith('close tab')) fetch('/done');
  if (action === 'window.close()') window.close();
  if (action === 'crash') call('/crash');
  if (action === 'hang') for (;;);
}
addEventListener('load', () => setTimeout(checkout, 300));
`;

const html = (title: string, body: string) =>
  `<!doctype html><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">${body}`;

const starters = {
  chromium: () => startChromiumVisitor,
  firefox: () => startFirefoxVisitor,
  // Its driver keeps no profile, and waits for ever for a page that has crashed.
  webkit: (action: Action) =>
    ['crash', 'hang', 'quit', 'crash all'].includes(action) ? startWebkitAlone : startWebkitVisitor,
};

/** Serves the pages of one cell, and calls back when they ask for it. */
function serve(tag: string, source: Buffer, on: Record<string, () => void>): RequestListener {
  let loads = 0;
  const pages: Record<string, () => string> = {
    // A reload must not do it again, nor be the next visit.
    '/job': () => html('job', loads++ ? '' : `${tag}<script src="/job.js"></script>`),
    '/visit': () => html('visit', tag),
    '/blank': () => html('blank', ''),
  };
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'https://site');
    const isScript = pathname.endsWith('.js');
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.setHeader('cache-control', 'no-store');
    on[pathname]?.();
    // The page waits for an answer that never comes: it dies in this very task.
    if (pathname === '/crash') return;
    response.end(isScript ? (pathname === '/job.js' ? job : source) : (pages[pathname]?.() ?? ''));
  };
}

async function countErrors(collector: TestCollector): Promise<number> {
  const { issues } = await collector.api<IssueList>('/api/issues?limit=100');
  return issues.filter(({ title }) => title.includes('Order')).reduce((sum, { events }) => sum + events, 0);
}

/** The count once all have arrived, or after none has come for a while. */
async function settle(collector: TestCollector, quietMs: number): Promise<number> {
  let count = await countErrors(collector);
  for (let end = Date.now() + quietMs; count < errors && Date.now() < end;) {
    await sleep(100);
    const now = await countErrors(collector);
    if (now !== count) end = Date.now() + quietMs;
    count = now;
  }
  // One more look: what comes twice would come now.
  await sleep(count === errors ? 300 : 0);
  return countErrors(collector);
}

/**
 * One cell of the matrix: a browser, a site, a far collector of its own; 50 errors and the end; the next visit. `onStep`
 * hears how far it came: drivers of browsers that just died may never answer.
 */
export async function runCell(
  cell: Cell,
  identity: Identity,
  onStep: (step: string) => void = () => undefined,
): Promise<Result> {
  const { engine, action, size } = cell;
  const start = starters[engine](action);
  const profile = temporaryFolder();
  const collector = await startCollector();
  const far = await startFar(identity, '127.2.0.1', () => collector.url);
  const endpoint = `${far.url}/in/${collector.key}`;
  onStep('starts the browser');
  let visitor: Visitor = await start(profile.path);
  const happened: Record<string, () => void> = {};
  const when = (path: string) => new Promise<void>((resolve) => (happened[path] = resolve));
  const [started, done] = [when('/started'), when('/done')];
  happened['/crash'] = () => visitor.crashPages();
  const tag = `<script src="/pagefault.js" data-endpoint="${endpoint}"></script>`;
  const site = await startSecureSite(identity, '127.1.0.1', serve(tag, await readFile(script), happened));
  try {
    const url = `${site.url}/job?${new URLSearchParams({ action, pad: String(sizes[size]), errors: String(errors) })}`;
    onStep('opens the page');
    await (action === 'window.close()' ? visitor.openByScript(url) : visitor.open(url));
    await Promise.race([
      started,
      sleep(60_000, undefined, { ref: false }).then(() => Promise.reject(new Error('The page did not start.'))),
    ]);
    onStep('ends it');
    if (action.startsWith('close tab')) await done.then(() => visitor.closeTab());
    if (action === 'hang') await sleep(1_000).then(() => visitor.crashPages());
    if (action === 'quit') await sleep(1_000).then(() => visitor.quit());
    if (action === 'crash all') await sleep(1_000).then(() => visitor.crash());
    onStep('counts');
    const direct = await settle(collector, 5_000);
    onStep('visits again');
    if (action === 'quit' || action === 'crash all') visitor = await start(profile.path);
    await visitor.open(`${site.url}/visit`);
    onStep('counts again');
    const later = await settle(collector, 10_000);
    return { ...cell, direct, later };
  } finally {
    onStep('ends the browser');
    await visitor.crash().catch(() => undefined);
    onStep('closes the site');
    await site.close();
    onStep('closes the way');
    await far.close();
    onStep('closes the collector');
    await collector.close();
    profile.remove();
  }
}
