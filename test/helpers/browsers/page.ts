import { setTimeout as sleep } from 'node:timers/promises';
import { stepTimeoutMs, type ConsoleMessage, type EnginePage } from './engine.ts';

const waitTimeoutMs = 10_000;
const pollMs = 50;
/** The answer to one look at the page; without it, the next look follows. */
const pollAnswerMs = 2_000;

type Answer = { value?: unknown } | { error: string };

/** Drivers' errors say neither what was wanted nor where in the test. */
async function named(step: string, done: Promise<void>): Promise<void> {
  try {
    await done;
  } catch (cause) {
    throw new Error(`cannot ${step}: ${String(cause)}`, { cause });
  }
}

/** A page in a real browser. The same in each engine, but for what `consoleMessages` says. */
export class Page {
  readonly #engine: EnginePage;
  /** Console messages of a test before. */
  readonly #old: number;

  constructor(engine: EnginePage) {
    this.#engine = engine;
    this.#old = engine.consoleMessages()?.length ?? 0;
  }

  /** Goes to the URL and waits for its load event. */
  async goto(url: string): Promise<void> {
    await this.#engine.navigate(url);
  }

  async reload(): Promise<void> {
    await this.#engine.reload();
  }

  /** Goes one step back in the history, and waits until that page is there, out of the bfcache too. */
  async back(): Promise<void> {
    const here = '`${performance.timeOrigin} ${location.href}`';
    const before = JSON.stringify(await this.evaluate<string>(`(setTimeout(() => history.back()), ${here})`));
    await this.waitFor(`${here} !== ${before} && document.readyState === 'complete'`);
  }

  async url(): Promise<string> {
    return this.evaluate<string>('location.href');
  }

  /**
   * Runs an expression, or a function with JSON arguments, in the page and awaits what it gives.
   * @throws Error with the page's message and stack if it throws there.
   */
  async evaluate<T>(expression: string): Promise<T>;
  async evaluate<A extends unknown[], T>(run: (...args: A) => T, ...args: A): Promise<Awaited<T>>;
  async evaluate(code: string | ((...args: never[]) => unknown), ...args: unknown[]): Promise<unknown> {
    const expression =
      typeof code === 'string' ? code : `(${code})(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
    const answer = await this.#answer(expression, stepTimeoutMs);
    if ('error' in answer) throw new Error(`in the page: ${answer.error}`);
    return answer.value;
  }

  /** Waits until the expression is truthy in the page, such as an element, and gives its value. Default: at most 10 s. */
  async waitFor<T>(expression: string, timeoutMs = waitTimeoutMs): Promise<T> {
    return (await this.#poll(expression, timeoutMs, expression)) as T;
  }

  /** Clicks the middle of the first element that matches, once it is visible and stands still, as a mouse does. */
  async click(selector: string): Promise<void> {
    await this.#waitForElement(selector);
    await named(`click ${selector}`, this.#engine.click(selector));
  }

  /** Types into the first element that matches, key by key, after what it has already. */
  async type(selector: string, text: string): Promise<void> {
    await this.#waitForElement(selector);
    await named(`type into ${selector}`, this.#engine.type(selector, text));
  }

  /** Presses one key where the focus is: a character, or a name such as `Enter`, `Tab`, `Escape`, `ArrowDown`. */
  async press(key: string): Promise<void> {
    await this.#engine.press(key);
  }

  /** The text of the first element that matches, trimmed, once there is such an element. */
  async text(selector: string): Promise<string> {
    const element = `document.querySelector(${JSON.stringify(selector)})`;
    const found = await this.#poll(`${element} && [${element}.textContent.trim()]`, waitTimeoutMs, selector);
    return (found as [string])[0];
  }

  /** Size of the page's view in CSS pixels; 1280 x 800 at first. WebKit's window cannot be narrower than 447. */
  async setViewport(width: number, height: number): Promise<void> {
    await this.#engine.setViewport(width, height);
    await this.waitFor(`innerWidth === ${width} && innerHeight === ${height}`);
  }

  /** Takes the network from this page, or gives it back; false in WebKit, where nobody can. */
  async setOffline(isOffline: boolean): Promise<boolean> {
    return this.#engine.setOffline(isOffline);
  }

  /** What the page wrote to its console, and errors that nobody caught. Undefined in WebKit: its driver cannot tell. */
  consoleMessages(): ConsoleMessage[] | undefined {
    return this.#engine.consoleMessages()?.slice(this.#old);
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }

  async #answer(expression: string, timeoutMs: number): Promise<Answer> {
    return JSON.parse(
      await this.#engine.run(
        `(async () => {
        try {
          const value = await (${expression});
          return JSON.stringify({ value: value instanceof Node ? String(value) : value });
        }
        catch (error) { return JSON.stringify({ error: String(error) + '\\n' + (error?.stack ?? '') }); }
      })()`,
        timeoutMs,
      ),
    ) as Answer;
  }

  async #poll(expression: string, timeoutMs: number, what: string): Promise<unknown> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      // A page that is being replaced cannot answer: that counts as "not yet".
      const answer = await this.#answer(expression, pollAnswerMs).catch((error: unknown) => ({ error: String(error) }));
      if ('value' in answer && answer.value) return answer.value;
      if (Date.now() > deadline) {
        const last =
          'error' in answer ? `it threw ${answer.error.trim()}` : `last value: ${JSON.stringify(answer.value)}`;
        throw new Error(`waited ${timeoutMs} ms for ${what}; ${last}`);
      }
      await sleep(pollMs);
    }
  }

  async #waitForElement(selector: string): Promise<void> {
    // WebKit's driver does not scroll far enough where a page has `scroll-padding`.
    const place = `(() => {
      const element = document.querySelector(${JSON.stringify(selector)});
      const box = element?.getBoundingClientRect();
      if (!box?.width || !box.height) return '';
      if (box.top < 0 || box.bottom > innerHeight) element.scrollIntoView({ block: 'center', behavior: 'instant' });
      return [box.x, box.y, box.width, box.height].join();
    })()`;
    const what = `a visible element ${selector}`;
    for (let before = '', now = ' '; before !== now;) {
      before = now;
      now = (await this.#poll(place, waitTimeoutMs, what)) as string;
    }
  }
}
