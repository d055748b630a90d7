import { after, test } from 'node:test';
import { startChromium } from './browsers/chromium.ts';
import type { EngineBrowser, EnginePage, EngineSession } from './browsers/engine.ts';
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
  /**
   * In a tab that no test had before, and none has after. Default: false, the tab goes on without its cookies and what it
   * stored, since to open one takes longer than many a test.
   */
  ownTab?: boolean;
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

interface Tab {
  session: EngineSession;
  page: EnginePage;
}

/** Those that no test uses. */
const keptTabs = new Map<Engine, Tab>();

async function takeTab(engine: Engine, isOwn: boolean): Promise<Tab> {
  const kept = keptTabs.get(engine);
  keptTabs.delete(engine);
  if (kept && !isOwn) return kept;
  // WebKit's driver has one session at a time.
  await kept?.session.close();
  const session = await (await startBrowser(engine)).newSession();
  return { session, page: await session.newPage() };
}

/** Answers whether it could: a page may have taken its own storage away, or be gone. */
async function keepTab(engine: Engine, tab: Tab, [page, ...others]: Page[]): Promise<boolean> {
  try {
    for (const other of others) await other.close();
    await page?.evaluate(async () => {
      localStorage.clear();
      sessionStorage.clear();
      for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
    });
    await tab.session.forgetCookies();
    await page?.goto('about:blank');
    keptTabs.set(engine, tab);
    return true;
  } catch {
    return false;
  }
}

async function describe(page: Page): Promise<string> {
  const url = await page.url().catch((error: unknown) => String(error));
  return JSON.stringify({ url, console: page.consoleMessages() });
}

/**
 * Registers one test for each engine, `title (firefox)`. The browsers start with the file's first test and end with its
 * last; no page knows anything of the tests before.
 */
export function browserTest(
  title: string,
  run: (context: BrowserTest) => Promise<void>,
  { skip = {}, timeoutMs = 120_000, ownTab = false }: BrowserTestOptions = {},
): void {
  for (const engine of engines) {
    test(`${title} (${engine})`, { skip: skip[engine] ?? false, timeout: timeoutMs }, async (t) => {
      const tab = await takeTab(engine, ownTab);
      const pages: Page[] = [];
      const open = async (opened: EnginePage) => {
        const page = new Page(opened);
        pages.push(page);
        await page.setViewport(1280, 800);
        return page;
      };
      let isKept = false;
      try {
        const page = await open(tab.page);
        await run({ page, engine, browser: { newPage: async () => open(await tab.session.newPage()) } });
        isKept = !ownTab && (await keepTab(engine, tab, pages));
      } catch (error) {
        if (pages[0]) t.diagnostic(await describe(pages[0]));
        throw error;
      } finally {
        if (!isKept) await tab.session.close();
      }
    });
  }
}
