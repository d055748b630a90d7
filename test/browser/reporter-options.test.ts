import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Options } from '../../src/client/index.ts';
import type { DroppedList } from '../../src/protocol/api.ts';
import { browserTest, type Page } from '../helpers/browser.ts';
import { until } from '../helpers/until.ts';
import { startReportedPages, type ReportedPages } from '../helpers/reported-page.ts';

let pages: ReportedPages;
before(async () => {
  pages = await startReportedPages({
    // As the build plugins begin a script.
    '/built.js': `(globalThis.pagefaultDebugIds ??= {})[new Error().stack] = '0123456789abcdef0123456789abcdef';
      window.fail = () => pagefault.captureException(new Error('built'));`,
  });
});
after(() => pages.close());

/** Begins anew with these options. */
const start = async (page: Page, options: Omit<Options, 'endpoint'>) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate(
    (all: Options) => {
      window.pagefault.close();
      window.pagefault.init(all);
    },
    { ...options, endpoint: pages.collector.endpoint },
  );
  return url;
};

browserTest('an event tells of its page, and what the site has said', async ({ page }) => {
  const url = await start(page, {
    ...{ release: '1.4.2', environment: 'staging', user: { id: '41' } },
    ...{ tags: { plan: 'pro' }, extra: { cart: { items: 3, cardNumber: '4111' } } },
  });
  const facts = await page.evaluate(() => {
    const { pagefault, screen, navigator } = window;
    pagefault.captureMessage('as init said');
    pagefault.setUser({ id: '42', email: 'ada@example.org' });
    pagefault.setTag('shop', 'north');
    pagefault.setExtra('order', { number: 7, password: 'hunter2' });
    pagefault.captureMessage('as was said later');
    pagefault.setUser(null);
    pagefault.captureMessage('without a user');
    const { deviceMemory, connection } = navigator as {
      deviceMemory?: number;
      connection?: { effectiveType?: string };
    };
    return {
      url: location.href,
      title: document.title,
      viewport: [innerWidth, innerHeight],
      screen: [screen.width, screen.height],
      pixelRatio: devicePixelRatio,
      language: navigator.language,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      visibility: document.visibilityState,
      online: navigator.onLine,
      ...(connection?.effectiveType && { connection: connection.effectiveType }),
      ...(deviceMemory && { memory: deviceMemory }),
    };
  });
  const events = await pages.eventsOf(page, url);
  const told = Object.fromEntries(events.map((event) => [event.message, event]));
  const [first, second, third] = ['as init said', 'as was said later', 'without a user'].map((text) => told[text]);
  const { referrer = '', leaving = false, ...shown } = first?.page ?? {};
  assert.deepEqual(shown, facts);
  assert.deepEqual([referrer, leaving], ['', false]);
  assert.deepEqual([first?.release, first?.environment, first?.user], ['1.4.2', 'staging', { id: '41' }]);
  assert.deepEqual([first?.tags, first?.extra], [{ plan: 'pro' }, { cart: { items: 3, cardNumber: '[masked]' } }]);
  assert.deepEqual(second?.user, { id: '42', email: 'ada@example.org' });
  assert.deepEqual(second?.tags, { plan: 'pro', shop: 'north' });
  assert.deepEqual(second?.extra?.['order'], { number: 7, password: '[masked]' });
  // Nobody's, though the batch names a user.
  assert.deepEqual(third?.user, {});
});

/** Asks for three answers, and gives those that were events. */
const failing = async (page: Page, url: string) => {
  await page.evaluate(async () => {
    for (const path of ['/answer/200', '/answer/404', '/answer/500']) await fetch(path);
  });
  const events = await pages.eventsOf(page, url);
  assert.ok(events.every(({ request }) => Number.isFinite(request?.durationMs)));
  return events.map(({ request }) => request?.status);
};

browserTest('which answers are events is the site’s to say', async ({ page }) => {
  assert.deepEqual(await failing(page, await start(page, { failedRequests: [404] })), [404]);
  assert.deepEqual(await failing(page, await start(page, { failedRequests: false })), []);
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate((endpoint: string) => {
    window.pagefault.close();
    window.pagefault.init({ endpoint, failedRequests: (status, asked) => status < 500 && asked.endsWith('/200') });
  }, pages.collector.endpoint);
  assert.deepEqual(await failing(page, url), [200]);
});

browserTest('what is clicked inside of a shadow tree is named, not its host', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate(() => {
    const host = document.body.appendChild(document.createElement('shop-cart'));
    const button = document.createElement('button');
    button.id = 'pay';
    host.attachShadow({ mode: 'open' }).append(button);
    button.click();
    window.pagefault.captureMessage('clicked');
  });
  const [event] = await pages.eventsOf(page, url);
  const clicks = event?.breadcrumbs.filter(({ kind }) => kind === 'click').map(({ text }) => text);
  assert.deepEqual(clicks, ['button#pay']);
});

browserTest('beforeSend drops, changes a copy, and cannot add a secret', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  const waiting = await page.evaluate((endpoint: string) => {
    const { pagefault } = window;
    pagefault.close();
    pagefault.init({
      endpoint,
      extra: { cart: { items: 3 } },
      beforeSend(event) {
        if (event.message === 'not for you') return null;
        const { cart, count = 0 } = event.extra as { cart: { items: number }; count?: number };
        cart.items++;
        event.extra = {
          cart,
          count: count + 1,
          password: 'hunter2',
          at: 'https://me:hunter2@shop.example/?token=hunter2',
        };
        return event;
      },
    });
    for (const text of ['not for you', 'first', 'second']) pagefault.captureMessage(text);
    // The collector scrubs too: what waits for its answer is what leaves the page.
    return Object.values(localStorage).join();
  }, pages.collector.endpoint);
  assert.match(waiting, /second/);
  assert.doesNotMatch(waiting, /hunter2/);
  const events = await pages.eventsOf(page, url);
  const expected = {
    cart: { items: 4 },
    count: 1,
    password: '[masked]',
    at: 'https://shop.example/?token=[masked]',
  };
  assert.deepEqual(
    events.map(({ message, extra }) => [message, extra]).sort(),
    ['first', 'second'].map((text) => [text, expected]),
  );
  await until(
    async () => {
      const { dropped } = await pages.collector.api<DroppedList>('/api/projects/1/dropped');
      return dropped.some(({ reason, count }) => reason === 'before-send' && count > 0);
    },
    () => 'what it drops is not counted',
  );
});

browserTest(
  'resources that do not load are no events when nobody wants them; debug says what went wrong',
  async ({ page }) => {
    const url = await start(page, { resources: false, debug: true });
    const said = await page.evaluate(async () => {
      const { pagefault, console } = window as typeof window & { console: Console };
      const texts: string[] = [];
      const { warn } = console;
      pagefault.close();
      console.warn = (...args: unknown[]) => void texts.push(args.map(String).join(' '));
      const endpoint = document.querySelector('script')?.dataset['endpoint'] ?? '';
      pagefault.init({
        endpoint,
        debug: true,
        resources: false,
        beforeSend() {
          throw new Error('from beforeSend');
        },
      });
      pagefault.captureMessage('never seen');
      const image = document.body.appendChild(document.createElement('img'));
      const failed = new Promise((resolve) => image.addEventListener('error', resolve));
      image.src = '/missing.png';
      await failed;
      pagefault.close();
      console.warn = warn;
      return texts;
    });
    assert.deepEqual(said, ['pagefault: Error: from beforeSend']);
    assert.deepEqual(await pages.eventsOf(page, url), []);
  },
);

browserTest(
  'the browser has its whole version, which the User-Agent header does not say',
  async ({ page }) => {
    const url = pages.newUrl();
    await page.goto(url);
    const version = await page.evaluate(async () => {
      const { userAgentData } = navigator as Navigator & {
        userAgentData?: {
          getHighEntropyValues(names: string[]): Promise<{ fullVersionList: { brand: string; version: string }[] }>;
        };
      };
      const { fullVersionList = [] } = (await userAgentData?.getHighEntropyValues(['fullVersionList'])) ?? {};
      // They come to the reporter as late as to this page.
      await new Promise((resolve) => setTimeout(resolve, 50));
      window.pagefault.captureMessage('hinted');
      return fullVersionList.find(({ brand }) => brand === 'Chromium')?.version ?? '';
    });
    const [event] = await pages.eventsOf(page, url);
    assert.equal(event?.browser?.version, version);
  },
  { skip: { firefox: 'it has no client hints', webkit: 'it has no client hints' } },
);

browserTest('an event brings the debug ids of the scripts in its stack', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  const script = `${pages.site.url}/built.js`;
  await page.evaluate(async (src: string) => {
    const built = document.createElement('script');
    const loaded = new Promise((resolve) => built.addEventListener('load', resolve));
    built.src = src;
    document.body.append(built);
    await loaded;
    (window as typeof window & { fail(): void }).fail();
    window.pagefault.captureMessage('no stack');
  }, script);
  const events = await pages.eventsOf(page, url);
  assert.deepEqual(
    events.map(({ debugIds }) => debugIds ?? {}),
    [{ [script]: '0123456789abcdef0123456789abcdef' }, {}],
  );
});

browserTest('the tag takes one text or name for data-ignore and data-mask', async ({ page }) => {
  const url = pages.newUrl('/other');
  await page.goto(url);
  await page.evaluate(
    async ([src = '', endpoint = '']) => {
      const tag = document.createElement('script');
      Object.assign(tag.dataset, { endpoint, ignore: 'not mine', mask: 'birth|name', sampleRate: '1' });
      const loaded = new Promise((resolve) => tag.addEventListener('load', resolve));
      tag.src = src;
      document.head.append(tag);
      await loaded;
      const { pagefault } = window;
      pagefault.setExtra('user', { birthday: '1815-12-10', plan: 'free' });
      for (const text of ['this is not mine', 'this is mine']) pagefault.captureException(new Error(text));
    },
    [`${pages.collector.url}/pagefault.js`, pages.collector.endpoint],
  );
  const events = await pages.eventsOf(page, url);
  assert.deepEqual(
    events.map(({ exceptions: [first], extra }) => [first?.value, extra]),
    [['this is mine', { user: { birthday: '[masked]', plan: 'free' } }]],
  );
  // What the reporter itself calls a name is none of the page's.
  assert.doesNotMatch(JSON.stringify(events[0]?.exceptions), /masked/);
});

browserTest('who misspells the endpoint hears of it, and the page goes on', async ({ page }) => {
  await page.goto(pages.newUrl());
  const said = await page.evaluate(() => {
    const { pagefault, console } = window as typeof window & { console: Console };
    const texts: string[] = [];
    console.warn = (...args: unknown[]) => void texts.push(args.join(' '));
    pagefault.close();
    pagefault.init({ endpoint: 'https://' });
    pagefault.captureMessage('to nobody');
    return texts;
  });
  assert.deepEqual(said, ['pagefault: https://']);
});

browserTest('an option of the wrong kind never keeps the page from reporting', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  const missing = await page.evaluate((endpoint: string) => {
    const { pagefault, console } = window as typeof window & { console: Console };
    const { warn } = console;
    console.warn = () => {};
    const named = [
      'release',
      'environment',
      'user',
      'tags',
      'extra',
      'noise',
      'failedRequests',
      'resources',
      'console',
    ];
    const wrong = ['', 'yes(', 7, true, null, {}, [null], ['(['], [{}], () => null, new Date(0)];
    const options = [...named, 'sampleRate', 'ignore', 'mask', 'outbox', 'debug']
      .flatMap((name) => wrong.map((value) => [name, value]))
      .concat(wrong.filter((value) => typeof value !== 'function').map((value) => ['beforeSend', value]));
    const isLost = ([name, value]: unknown[], i: number) => {
      pagefault.close();
      pagefault.init({ [String(name)]: value, endpoint });
      const text = `told:${String.fromCharCode(65 + (i % 26), 65 + ~~(i / 26))}`;
      pagefault.captureMessage(text);
      console.warn = warn;
      return !(name === 'outbox' || Object.values(localStorage).some((kept) => String(kept).includes(text)));
    };
    return options.filter(isLost);
  }, pages.collector.endpoint);
  assert.deepEqual(missing, []);
  // None that the collector would refuse.
  await pages.eventsOf(page, url);
  const { dropped } = await pages.collector.api<DroppedList>('/api/projects/1/dropped');
  assert.deepEqual(
    dropped.filter(({ reason }) => reason === 'refused'),
    [],
  );
});

browserTest('a request that took too long, and one of a page that is offline, are told as that', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate(async () => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/never');
    xhr.timeout = 50;
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
      xhr.send();
    });
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
    await fetch('http://127.0.0.1:1/nowhere').catch(() => {});
    // Failures of the network wait until it is clear that the page stays.
    await new Promise((resolve) => setTimeout(resolve, 700));
    Reflect.deleteProperty(navigator, 'onLine');
    dispatchEvent(new Event('online'));
  });
  const events = await pages.eventsOf(page, url);
  assert.deepEqual(events.map(({ request }) => request?.failure).sort(), ['offline', 'timeout']);
});
