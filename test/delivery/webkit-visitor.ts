import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Builder, By, type WebDriver } from 'selenium-webdriver';
import { endChild, spawnChild } from '../helpers/browsers/children.ts';
import { crash, processesOf } from '../helpers/browsers/processes.ts';
import { newestMatch, onPath, required } from '../helpers/browsers/programs.ts';
import { miniBrowserPaths, quietEnvironment, startDisplay, startDriver } from '../helpers/browsers/webkit.ts';
import type { StartVisitor, Visitor } from './visitor.ts';

const browserPath = () =>
  required(
    process.env['PAGEFAULT_MINIBROWSER'] ?? newestMatch(...miniBrowserPaths),
    'MiniBrowser',
    'webkit2gtk-driver',
  );

async function createEnvironment(profile: string) {
  const env = quietEnvironment(profile);
  const { child: xvfb, display } = await startDisplay(env);
  return { xvfb, env: { ...env, DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: '1', GDK_BACKEND: 'x11' } };
}

/** Driven: tabs can be closed, but the profile lasts only as long as the session. */
export const startWebkitVisitor: StartVisitor = async (profile) => {
  required(onPath('WebKitWebDriver'), 'WebKitWebDriver', 'webkit2gtk-driver');
  const { xvfb, env } = await createEnvironment(profile);
  const { child, url: server } = await startDriver(env);
  const driver: WebDriver = new Builder()
    .usingServer(server)
    .withCapabilities({
      browserName: 'MiniBrowser',
      acceptInsecureCerts: true,
      pageLoadStrategy: 'none',
      'webkitgtk:browserOptions': { binary: browserPath(), args: ['--automation', '--ignore-tls-errors'] },
    })
    .build();
  const first = await driver.getWindowHandle();
  let last = first;
  const end = async () => {
    await endChild(child);
    await endChild(xvfb);
  };
  return {
    async open(url) {
      await driver.switchTo().window(first);
      await driver.switchTo().newWindow('tab');
      last = await driver.getWindowHandle();
      await driver.get(url);
    },
    async openByScript(url) {
      await driver.switchTo().window(first);
      await driver.get(new URL('/blank', url).href);
      while ((await driver.executeScript('return document.title')) !== 'blank') await sleep(50);
      // Only a click may open a window.
      await driver.executeScript(
        `document.body.innerHTML = '<button>open</button>';
         document.querySelector('button').onclick = () => void window.open(${JSON.stringify(url)})`,
      );
      await driver.findElement(By.css('button')).click();
    },
    async closeTab() {
      await driver.switchTo().window(last);
      await driver.close();
    },
    crashPages: () => undefined,
    async quit() {
      await driver.quit().catch(() => undefined);
      await end();
    },
    crash: end,
  };
};

/** Not driven: it keeps its profile, and its processes may be ended without a driver that waits for them. */
export const startWebkitAlone: StartVisitor = async (profile) => {
  const { xvfb, env } = await createEnvironment(profile);
  let browser: ReturnType<typeof spawnChild> | undefined;
  const end = async (how: (pid: number) => void) => {
    if (browser?.pid && browser.exitCode === null && browser.signalCode === null) {
      const exit = once(browser, 'exit');
      how(browser.pid);
      await exit;
    }
    browser = undefined;
  };
  const open: Visitor['open'] = async (url) => {
    await end((pid) => process.kill(pid, 'SIGTERM'));
    browser = spawnChild(browserPath(), ['--ignore-tls-errors', url], { env, stdio: 'ignore' });
  };
  const renderers = () => processesOf(browser?.pid ?? -1).filter(({ command }) => command.includes('WebKitWebProcess'));
  return {
    open,
    openByScript: open,
    closeTab: async () => undefined,
    crashPages: () => crash(renderers()),
    async quit() {
      await end((pid) => process.kill(pid, 'SIGTERM'));
      await endChild(xvfb);
    },
    async crash() {
      await end((pid) => crash(processesOf(pid)));
      await endChild(xvfb);
    },
  };
};
