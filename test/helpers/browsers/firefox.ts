import { launch, type Browser, type BrowserContext, type KeyInput, type Page } from 'puppeteer-core';
import { adoptChild, temporaryFolder } from './children.ts';
import {
  nowhere,
  startTimeoutMs,
  stepTimeoutMs,
  type ConsoleMessage,
  type EngineBrowser,
  type EnginePage,
  type EngineSession,
} from './engine.ts';
import { onPath, required } from './programs.ts';

/** Puppeteer's own switch updates and reports off; what still tries has no way out. */
export const preferences = {
  'network.proxy.type': 1,
  'network.proxy.http': nowhere.host,
  'network.proxy.http_port': nowhere.port,
  'network.proxy.ssl': nowhere.host,
  'network.proxy.ssl_port': nowhere.port,
  'network.proxy.no_proxies_on': '.localhost',
  // Firefox's own requests would otherwise go past a proxy that fails.
  'network.proxy.failover_direct': false,
  'network.proxy.allow_bypass': false,
  'network.trr.mode': 5,
  'network.dns.disablePrefetch': true,
};

/** Puppeteer's page loses track after a return from the bfcache; plain BiDi commands do not. Its types hide them. */
interface Bidi {
  send(method: string, params: Record<string, unknown>): Promise<unknown>;
}

const bidiOf = (browser: Browser) => (browser as unknown as { connection: Bidi }).connection;

async function openPage(context: BrowserContext): Promise<EnginePage> {
  const page: Page = await context.newPage();
  page.setDefaultTimeout(stepTimeoutMs);
  const bidi = bidiOf(context.browser());
  const top = { context: (page.mainFrame() as unknown as { _id: string })._id };
  const messages: ConsoleMessage[] = [];
  page.on('console', (message) => {
    const { url = '', lineNumber = 0 } = message.location();
    messages.push({ level: message.type(), text: message.text(), place: `${url}:${lineNumber + 1}` });
  });
  page.on('pageerror', (error) => messages.push({ level: 'uncaught', text: String(error) }));
  return {
    run: async (expression) => String(await page.evaluate(expression)),
    navigate: async (url) => void (await bidi.send('browsingContext.navigate', { ...top, url, wait: 'complete' })),
    reload: async () => void (await bidi.send('browsingContext.reload', { ...top, wait: 'complete' })),
    click: (selector) => page.click(selector),
    type: (selector, text) => page.type(selector, text),
    press: (key) => page.keyboard.press(key as KeyInput),
    setViewport: (width, height) => page.setViewport({ width, height }),
    async setOffline(isOffline) {
      const networkConditions = isOffline ? { type: 'offline' } : null;
      await bidi.send('emulation.setNetworkConditions', { networkConditions, contexts: [top.context] });
      return true;
    },
    consoleMessages: () => messages,
    close: () => page.close(),
  };
}

/** Firefox over WebDriver BiDi: Debian's, or the one that PAGEFAULT_FIREFOX names. */
export async function startFirefox(): Promise<EngineBrowser> {
  const path = process.env['PAGEFAULT_FIREFOX'] ?? onPath('firefox-esr', 'firefox');
  const profile = temporaryFolder();
  const browser = await launch({
    browser: 'firefox',
    executablePath: required(path, 'Firefox', 'firefox-esr'),
    headless: true,
    userDataDir: profile.path,
    extraPrefsFirefox: preferences,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    timeout: startTimeoutMs,
    protocolTimeout: startTimeoutMs,
  });
  const program = browser.process();
  if (program) adoptChild(program);
  return {
    async newSession(): Promise<EngineSession> {
      const context = await browser.createBrowserContext();
      const partition = { type: 'storageKey', userContext: context.id };
      return {
        newPage: () => openPage(context),
        forgetCookies: async () => void (await bidiOf(browser).send('storage.deleteCookies', { partition })),
        close: () => context.close(),
      };
    },
    async close() {
      await browser.close();
      profile.remove();
    },
  };
}
