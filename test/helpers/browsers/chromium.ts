import { chromium, type BrowserContext, type Page } from 'playwright-core';
import {
  nowhere,
  startTimeoutMs,
  stepTimeoutMs,
  type ConsoleMessage,
  type EngineBrowser,
  type EnginePage,
  type EngineSession,
} from './engine.ts';
import { onPath } from './programs.ts';

export const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--proxy-server=${nowhere.host}:${nowhere.port}`,
];

async function openPage(context: BrowserContext): Promise<EnginePage> {
  const page: Page = await context.newPage();
  const messages: ConsoleMessage[] = [];
  page.on('console', (message) => {
    const { url, lineNumber } = message.location();
    messages.push({ level: message.type(), text: message.text(), place: `${url}:${lineNumber + 1}` });
  });
  page.on('pageerror', (error) => messages.push({ level: 'uncaught', text: String(error) }));
  // Playwright's own evaluate needs `eval`, which a page's CSP may forbid.
  const devtools = await context.newCDPSession(page);
  return {
    async run(expression) {
      const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return String(result.value);
    },
    navigate: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    click: (selector) => page.locator(selector).first().click(),
    type: (selector, text) => page.locator(selector).first().pressSequentially(text),
    press: (key) => page.keyboard.press(key),
    setViewport: (width, height) => page.setViewportSize({ width, height }),
    async setOffline(offline) {
      const unlimited = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
      await devtools.send('Network.emulateNetworkConditions', { offline, ...unlimited });
      return true;
    },
    consoleMessages: () => messages,
    close: () => page.close(),
  };
}

/** Debian's Chromium, the one that PAGEFAULT_CHROMIUM names, or else Playwright's own. */
export async function startChromium(): Promise<EngineBrowser> {
  const executablePath = process.env['PAGEFAULT_CHROMIUM'] ?? onPath('chromium', 'chromium-browser', 'google-chrome');
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args,
    // The reporter must not cost a page its bfcache: it must be on to see that.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    timeout: startTimeoutMs,
  });
  return {
    async newSession(): Promise<EngineSession> {
      const context = await browser.newContext();
      context.setDefaultTimeout(stepTimeoutMs);
      return {
        newPage: () => openPage(context),
        forgetCookies: () => context.clearCookies(),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
