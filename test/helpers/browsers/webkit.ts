import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Builder, By, Key, type WebDriver } from 'selenium-webdriver';
import { endChild, spawnChild, temporaryFolder } from './children.ts';
import { startTimeoutMs, stepTimeoutMs, type EngineBrowser, type EnginePage, type EngineSession } from './engine.ts';
import { newestMatch, onPath, required } from './programs.ts';

export const miniBrowserPaths = [
  '/usr/lib/*/webkit2gtk-4.*/MiniBrowser',
  '/usr/lib/*/webkitgtk-6.*/MiniBrowser',
  '/usr/libexec/webkit2gtk-4.*/MiniBrowser',
  '/usr/libexec/webkitgtk-6.*/MiniBrowser',
];

/** No settings, caches, accessibility bus or proxy of the person whose machine this is. */
export function quietEnvironment(home: string): NodeJS.ProcessEnv {
  const own = { HOME: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home };
  const quiet = { NO_AT_BRIDGE: '1', GTK_A11Y: 'none', DBUS_SESSION_BUS_ADDRESS: 'disabled:', no_proxy: '*' };
  return { ...process.env, ...own, ...quiet };
}

/** A display that nobody sees: MiniBrowser has no headless mode. */
export async function startDisplay(env: NodeJS.ProcessEnv) {
  const program = required(onPath('Xvfb'), 'Xvfb', 'xvfb');
  const args = ['-displayfd', '3', '-screen', '0', '2560x1600x24', '-nolisten', 'tcp', '-noreset'];
  const child = spawnChild(program, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ready = once(child.stdio[3] as Readable, 'data', { signal: AbortSignal.timeout(startTimeoutMs) });
  const [number] = (await ready) as [Buffer];
  return { child, display: `:${String(number).trim()}` };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export async function startDriver(env: NodeJS.ProcessEnv) {
  const program = required(onPath('WebKitWebDriver'), 'WebKitWebDriver', 'webkit2gtk-driver');
  const port = await freePort();
  const child = spawnChild(program, [`--port=${port}`], { env, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + startTimeoutMs;
  while (!(await fetch(`${url}/status`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('WebKitWebDriver did not start');
    await sleep(20);
  }
  return { child, url };
}

/** `ArrowDown` to the character by which WebDriver means that key. */
function keyCode(key: string): string {
  if (key.length === 1) return key;
  const name = key.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  const code = (Key as unknown as Record<string, unknown>)[name];
  if (typeof code !== 'string') throw new Error(`unknown key: ${key}`);
  return code;
}

/** WebDriver has one current window; steps of several pages must not fall between switching to it and using it. */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(step: () => Promise<T>): Promise<T> => {
    const turn = last.then(step);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** What a script says is lost, its timeout too, when it starts just as its page goes into the bfcache. */
async function answered(script: Promise<string>, timeoutMs: number): Promise<string> {
  const timer = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`no answer in ${timeoutMs} ms`);
  });
  // Whichever loses may still fail.
  script.catch(() => undefined);
  late.catch(() => undefined);
  return Promise.race([script, late]).finally(() => timer.abort());
}

function pageOf(driver: WebDriver, handle: string, turns: ReturnType<typeof createTurns>): EnginePage {
  const step = <T>(run: () => Promise<T>): Promise<T> =>
    turns(async () => {
      await driver.switchTo().window(handle);
      return run();
    });
  return {
    run: (expression, timeoutMs) =>
      step(() => answered(driver.executeAsyncScript<string>(`(${expression}).then(arguments[0])`), timeoutMs)),
    navigate: (url) => step(() => driver.get(url)),
    reload: () => step(() => driver.navigate().refresh()),
    click: (selector) => step(() => driver.findElement(By.css(selector)).click()),
    type: (selector, text) => step(() => driver.findElement(By.css(selector)).sendKeys(text)),
    press: (key) => step(() => driver.actions().sendKeys(keyCode(key)).perform()),
    setViewport: (width, height) =>
      step(async () => {
        const window = driver.manage().window();
        const outer = await window.getRect();
        const inner = await driver.executeScript<[number, number]>('return [innerWidth, innerHeight]');
        await window.setRect({ width: width + outer.width - inner[0], height: height + outer.height - inner[1] });
      }),
    setOffline: async () => false,
    // WebDriver has no command for it, and WebKitGTK's BiDi does not send it yet.
    consoleMessages: () => undefined,
    close: () => step(() => driver.close()),
  };
}

async function startSession(server: string, binary: string): Promise<WebDriver> {
  const capabilities = { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary, args: ['--automation'] } };
  const driver = new Builder().usingServer(server).withCapabilities(capabilities).build();
  await driver.getSession();
  await driver.manage().setTimeouts({ script: stepTimeoutMs, pageLoad: stepTimeoutMs });
  return driver;
}

/** WebKitGTK's MiniBrowser under WebKitWebDriver. Each session is a MiniBrowser of its own: it keeps nothing. */
export async function startWebkit(): Promise<EngineBrowser> {
  const given = process.env['PAGEFAULT_MINIBROWSER'];
  const binary = required(given ?? newestMatch(...miniBrowserPaths), 'MiniBrowser', 'webkit2gtk-driver');
  const home = temporaryFolder();
  const env = quietEnvironment(home.path);
  const { child: xvfb, display } = await startDisplay(env);
  const { child, url } = await startDriver({
    ...env,
    DISPLAY: display,
    LIBGL_ALWAYS_SOFTWARE: '1',
    // Without a graphics card, to paint by way of one takes a third of a test's CPU; without that way, no picture is given.
    WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    GDK_BACKEND: 'x11',
  });
  return {
    async newSession(): Promise<EngineSession> {
      const driver = await startSession(url, binary);
      const turns = createTurns();
      let first: string | undefined = await driver.getWindowHandle();
      return {
        async newPage() {
          const handle = first ?? (await turns(async () => openWindow(driver)));
          first = undefined;
          return pageOf(driver, handle, turns);
        },
        forgetCookies: () => turns(() => driver.manage().deleteAllCookies()),
        close: () => driver.quit(),
      };
    },
    async close() {
      await endChild(child);
      await endChild(xvfb);
      home.remove();
    },
  };
}

async function openWindow(driver: WebDriver): Promise<string> {
  await driver.switchTo().newWindow('window');
  return driver.getWindowHandle();
}
