import { after, test } from 'node:test';
import { startChromium } from './browsers/chromium.ts';
import type { EngineBrowser, EngineSession } from './browsers/engine.ts';
import { startFirefox } from './browsers/firefox.ts';
import { Page } from './browsers/page.ts';
import { startWebkit } from './browsers/webkit.ts';

export const starters = { chromium: startChromium, firefox: startFirefox, webkit: startWebkit };

export type Engine = keyof typeof starters;
export type { Page };

function parseEngines(names: string): Engine[] {
  return names.split(',').map((name) => {
    const engine = name.trim();
    if (!Object.hasOwn(starters, engine)) {
      throw new Error(`PAGEFAULT_ENGINES: no engine "${engine}", there are ${Object.keys(starters).join(', ')}`);
    }
    return engine as Engine;
  });
}

/** The engines to test in: those that PAGEFAULT_ENGINES names (`chromium,webkit`), or all three. */
export const engines = parseEngines(process.env['PAGEFAULT_ENGINES'] || Object.keys(starters).join());

export interface BrowserTest {
  page: Page;
  engine: Engine;
  /** Opens another page of the same session: it shares cookies and storage with `page`. */
  browser: { newPage(): Promise<Page> };
}

export interface BrowserTestOptions {
  /** Engines in which it cannot hold, and why. */
  skip?: Partial<Record<Engine, string>>;
  /** Default: 2 minutes, since a browser may have to start first. */
  timeoutMs?: number;
}

const browsers = new Map<Engine, Promise<EngineBrowser>>();

/** Only the start is tried twice, never a test. */
function startBrowser(engine: Engine): Promise<EngineBrowser> {
  const started = browsers.get(engine) ?? starters[engine]().catch(() => starters[engine]());
  browsers.set(engine, started);
  return started;
}

after(async () => {
  const started = await Promise.allSettled(browsers.values());
  await Promise.allSettled(started.map((result) => result.status === 'fulfilled' && result.value.close()));
});

async function openPage(session: EngineSession): Promise<Page> {
  const page = new Page(await session.newPage());
  await page.setViewport(1280, 800);
  return page;
}

async function describe(page: Page): Promise<string> {
  const url = await page.url().catch((error: unknown) => String(error));
  return JSON.stringify({ url, console: page.consoleMessages() });
}

/**
 * Registers one test for each engine, `title (firefox)`. The browsers start with the file's first test and end with its
 * last; each test has a page of its own that knows nothing of those before it.
 */
export function browserTest(
  title: string,
  run: (context: BrowserTest) => Promise<void>,
  { skip = {}, timeoutMs = 120_000 }: BrowserTestOptions = {},
): void {
  for (const engine of engines) {
    test(`${title} (${engine})`, { skip: skip[engine] ?? false, timeout: timeoutMs }, async (t) => {
      const session = await (await startBrowser(engine)).newSession();
      try {
        const page = await openPage(session);
        try {
          await run({ page, engine, browser: { newPage: () => openPage(session) } });
        } catch (error) {
          t.diagnostic(await describe(page));
          throw error;
        }
      } finally {
        await session.close();
      }
    });
  }
}
