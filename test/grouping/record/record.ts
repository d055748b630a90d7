// Builds the site in every way, runs every bug of it in every engine, and writes down what was thrown.
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import { startChromium } from '../../helpers/browsers/chromium.ts';
import type { EngineBrowser } from '../../helpers/browsers/engine.ts';
import { startFirefox } from '../../helpers/browsers/firefox.ts';
import { Page } from '../../helpers/browsers/page.ts';
import { startWebkit } from '../../helpers/browsers/webkit.ts';
import { startSite } from '../../helpers/site.ts';
import { corpusFile, type Build, type Corpus, type Recorded } from '../corpus.ts';
import { builders } from './builders.ts';
import { installRecorder, type Seen } from './recorder.ts';
import { writeSite } from './write-site.ts';

const shotsAtOnce = 40;

interface Built extends Build {
  dist: string;
  entry: string;
}

async function build(folder: string, builder: string, release: number): Promise<Built> {
  const sites = writeSite(folder, release);
  await builders[builder]?.(folder);
  const dist = join(folder, 'dist');
  const maps = Object.fromEntries(
    globSync('**/*.js.map', { cwd: dist }).map((name) => [
      `/${name.replace(/\.map$/, '')}`,
      readFileSync(join(dist, name), 'utf8').replaceAll(folder, ''),
    ]),
  );
  const entry = Object.keys(maps).find((name) => /\/(main|app)[-.]/.test(name)) ?? '';
  process.stdout.write(`built by ${builder}, release ${release}: ${Object.keys(maps).join(' ')}\n`);
  return { builder, release, maps, sites, dist, entry };
}

const pageOf = (entry: string) => `<!doctype html><title>Shop</title>
<script>(${installRecorder})()</script>
<script type="module" src="${entry}"></script>`;

async function recordIn(page: Page, engine: string, built: Built, index: number): Promise<Recorded[]> {
  const site = await startSite({ folder: built.dist, files: { '/': pageOf(built.entry) } });
  try {
    await page.goto(`${site.url}/`);
    const names = await page.waitFor<[string, number][]>('globalThis.bugNames');
    const shots = names.flatMap(([bug, ways]) =>
      Array.from({ length: ways * 2 }, (_, n) => ({ bug, way: n >> 1, v: n & 1 })),
    );
    const events: Recorded[] = [];
    for (let at = 0; at < shots.length; at += shotsAtOnce) {
      const some = shots.slice(at, at + shotsAtOnce);
      const seen = JSON.parse(await page.evaluate((list) => globalThis.recordAll(list), some)) as (Seen | null)[];
      some.forEach((shot, n) => {
        const one = seen[n];
        if (one) events.push({ ...shot, engine, build: index, ...one });
        else process.stdout.write(`nothing seen: ${engine} ${built.builder} ${JSON.stringify(shot)}\n`);
      });
    }
    return JSON.parse(JSON.stringify(events).replaceAll(site.url, 'https://shop.example')) as Recorded[];
  } finally {
    await site.close();
  }
}

async function recordEngine(
  browser: EngineBrowser,
  engine: string,
  builds: Built[],
  onAgent: (userAgent: string) => void,
): Promise<Recorded[]> {
  const events: Recorded[] = [];
  for (const [index, built] of builds.entries()) {
    const session = await browser.newSession();
    const page = new Page(await session.newPage());
    events.push(...(await recordIn(page, engine, built, index)));
    onAgent(await page.evaluate<string>('navigator.userAgent'));
    await session.close();
    process.stdout.write(`${engine}: ${events.length} events\n`);
  }
  return events;
}

/** Such as `Firefox/140.0`. WebKitGTK tells Safari's. */
const versionIn = (agent: string) => /(?:Firefox|Chrome|Version)\/[\d.]+/.exec(agent)?.[0] ?? agent;

const folder = mkdtempSync(join(tmpdir(), 'grouping-'));
const builds: Built[] = [];
for (const release of [1, 2]) {
  for (const builder of Object.keys(builders)) {
    builds.push(await build(join(folder, `${builder}-${release}`), builder, release));
  }
}
const corpus: Corpus = {
  engines: {},
  builds: builds.map(({ builder, release, maps, sites }) => ({ builder, release, maps, sites })),
  events: [],
};
const starts = { chromium: startChromium, firefox: startFirefox, webkit: startWebkit };
const ofEngines = Object.entries(starts).map(async ([engine, start]) => {
  const browser = await start();
  const events = await recordEngine(browser, engine, builds, (agent) => (corpus.engines[engine] = versionIn(agent)));
  await browser.close();
  return events;
});
for (const events of ofEngines) corpus.events.push(...(await events));
rmSync(folder, { recursive: true });
mkdirSync(dirname(corpusFile), { recursive: true });
const params = { [constants.ZSTD_c_compressionLevel]: 19, [constants.ZSTD_c_windowLog]: 27 };
const packed = zstdCompressSync(JSON.stringify(corpus), { params });
writeFileSync(corpusFile, packed);
process.stdout.write(`${corpus.events.length} events, ${packed.length} bytes\n`);
