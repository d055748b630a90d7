import { launch, type BrowserContext, type KeyInput, type Page } from 'puppeteer-core';
import { adoptChild, temporaryFolder } from './children.ts';
import {
  startTimeoutMs,
  stepTimeoutMs,
  type ConsoleMessage,
  type EngineBrowser,
  type EnginePage,
  type EngineSession,
} from './engine.ts';
import { onPath, required } from './programs.ts';

/** Beyond what Puppeteer switches off by itself: nothing may go anywhere but to the tests' own servers. */
const preferences = {
  'app.normandy.enabled': false,
  'browser.region.network.url': '',
  'browser.region.update.enabled': false,
  'dom.push.connection.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'messaging-system.rsexperimentloader.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.prefetch-next': false,
  'network.proxy.type': 0,
  'services.settings.poll_interval': 86_400,
};

/** Puppeteer's page loses track after a return from the bfcache; plain BiDi commands do not. Its types hide them. */
interface Bidi {
  connection: { send(method: string, params: Record<string, unknown>): Promise<unknown> };
}

async function openPage(context: BrowserContext): Promise<EnginePage> {
  const page: Page = await context.newPage();
  page.setDefaultTimeout(stepTimeoutMs);
  const bidi = (context.browser() as unknown as Bidi).connection;
  const top = { context: (page.mainFrame() as unknown as { _id: string })._id };
  const messages: ConsoleMessage[] = [];
  page.on('console', (message) => messages.push({ level: message.type(), text: message.text() }));
  page.on('pageerror', (error) => messages.push({ level: 'uncaught', text: String(error) }));
  return {
    run: async (expression) => String(await page.evaluate(expression)),
    navigate: async (url) => void (await bidi.send('browsingContext.navigate', { ...top, url, wait: 'complete' })),
    reload: async () => void (await bidi.send('browsingContext.reload', { ...top, wait: 'complete' })),
    click: (selector) => page.click(selector),
    type: (selector, text) => page.type(selector, text),
    press: (key) => page.keyboard.press(key as KeyInput),
    setViewport: (width, height) => page.setViewport({ width, height }),
    screenshot: async (path) => void (await page.screenshot({ path: path as `${string}.png` })),
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
      return { newPage: () => openPage(context), close: () => context.close() };
    },
    async close() {
      await browser.close();
      profile.remove();
    },
  };
}
